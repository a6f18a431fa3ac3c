//! The command line as data. What each command does is in [`crate::commands`].

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// The citizen portal of municipalities: social and health record, read by citizens, parents and relatives.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The operator's configuration file.
#[derive(Debug, Clone, Args)]
pub struct ConfigFile {
    /// The configuration file; `config.example.toml` explains every key.
    #[arg(long, value_name = "FILE", default_value = "/etc/borgerportal/config.toml")]
    pub config: PathBuf,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the portal until it is told to stop.
    Serve(ConfigFile),
    /// Brings the database up to date.
    Migrate(ConfigFile),
    /// Takes in deliveries from files, as the FHIR door does.
    Import(Import),
    /// Systems that may deliver, or ask about mandates.
    #[command(subcommand)]
    Client(ClientCommand),
    /// The catalogue of packages of rights.
    #[command(subcommand)]
    Packages(PackagesCommand),
    /// What registers and authorities let happen to mandates, until staff have pages for it.
    #[command(subcommand)]
    Mandates(MandatesCommand),
    /// The access log.
    #[command(subcommand)]
    Log(LogCommand),
    /// Reads configuration, municipalities' files, keys and certificates, and starts nothing.
    Check(ConfigFile),
    /// Says in plain words what is wrong with an installation, and what to do.
    Doctor(ConfigFile),
    /// What people are told by Digital Post and by letter.
    #[command(subcommand)]
    Notices(NoticesCommand),
    /// What is on its way to the municipalities' record systems.
    #[command(subcommand)]
    Outgoing(OutgoingCommand),
    /// The key file.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Copies database and files to a folder while the portal runs. Keys are not copied.
    Backup(Backup),
    /// Brings a backup back, and deletes again what was deleted since.
    Restore(Restore),
    /// Writes the list of what was deleted by law, to be kept apart from backups.
    Deletions(Deletions),
    /// A municipality that leaves.
    #[command(subcommand)]
    Municipality(MunicipalityCommand),
    /// Starts a portal with invented people and simulated partners.
    #[cfg(feature = "demo")]
    Demo(crate::demo::Options),
}

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Where.
    #[command(flatten)]
    pub config: ConfigFile,
    /// The registered record system in whose name the files come; it has one municipality.
    #[arg(long, value_name = "ID")]
    pub client: String,
    /// FHIR Bundles in JSON, in any order.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// `client …`.
#[derive(Debug, Subcommand)]
pub enum ClientCommand {
    /// Registers a system for one municipality, or changes its keys or what it may.
    Register {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Its client id.
        #[arg(long)]
        id: String,
        /// The four digits of its municipality.
        #[arg(long, value_name = "CODE")]
        municipality: String,
        /// Its public keys, a JWK set.
        #[arg(long, value_name = "FILE")]
        jwks: PathBuf,
        /// What it may, with spaces between: `mandates.lookup`, `mandates.privileges`, `system/*.cruds`. Said once, it
        /// stays; a new system of which nothing is said may deliver.
        #[arg(long)]
        scopes: Option<String>,
    },
}

/// `packages …`.
#[derive(Debug, Subcommand)]
pub enum PackagesCommand {
    /// Reads a file of packages, activations or a vendor's map (its first line says which) and prints what is new.
    Import {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// The file, its values parted by semicolons.
        file: PathBuf,
        /// Prints the difference and writes nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// `mandates …`. People are named by CPR number, read from standard input, so that no list of processes shows one.
#[derive(Debug, Subcommand)]
pub enum MandatesCommand {
    /// Pauses a mandate: somebody doubts.
    Suspend {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Its number, as people read it, or its id.
        mandate: String,
        /// capacity, misuse or evidence.
        #[arg(long)]
        reason: String,
        /// The day by which it must be decided.
        #[arg(long, value_name = "DATE")]
        review_by: String,
    },
    /// The doubt is gone.
    Resume {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Its number, as people read it, or its id.
        mandate: String,
    },
    /// Shows the pauses that somebody must look at again, the earliest first.
    Paused(ConfigFile),
    /// Ends a mandate.
    Annul {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Its number, as people read it, or its id.
        mandate: String,
        /// capacity, misuse, invalid or guardianship.
        #[arg(long)]
        reason: String,
    },
    /// A person has died. The number is read from standard input.
    Died {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// The day.
        #[arg(long, value_name = "DATE")]
        on: String,
    },
    /// Somebody doubts that a person understands what a mandate is: they sign none until they are trusted again. The
    /// number is read from standard input.
    Doubt {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
    },
    /// That doubt is over, whatever has become of the mandate it began with. The number is read from standard input.
    Trust {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
    },
    /// A person has a new number. Two lines are read from standard input: the old one, the new one.
    NumberChanged {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
    },
    /// A new key signs proofs of look-ups from now on. Earlier proofs can still be checked.
    NewProofKey {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
    },
    /// The register has corrected a birth date. Who is too young has given nothing: that is over at once. The number is
    /// read from standard input.
    Born {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// The right day.
        #[arg(long, value_name = "DATE")]
        on: String,
    },
    /// A letter has come back. The signer's number is read from standard input, but for a no or a deficient letter.
    Paper(ReturnedLetter),
    /// A paper in the giver's own words has come. Two lines are read from standard input: the number of the giver, the
    /// number of the holder.
    OwnWords(OwnWords),
}

/// What came in on paper.
#[derive(Debug, Args)]
pub struct Sheets {
    /// Where.
    #[command(flatten)]
    pub config: ConfigFile,
    /// The scan.
    #[arg(long, value_name = "FILE")]
    pub scan: PathBuf,
    /// Pages that came.
    #[arg(long)]
    pub pages: u16,
    /// Who registers it.
    #[arg(long)]
    pub registrar: String,
}

/// `mandates paper`.
#[derive(Debug, Args)]
pub struct ReturnedLetter {
    /// What came.
    #[command(flatten)]
    pub sheets: Sheets,
    /// The code on its return page.
    #[arg(long)]
    pub code: String,
    /// Yes to these alone: the place of the box on the return page (the first is 1), or the code of the package; several
    /// with commas between. Without it, yes to all that was asked for.
    #[arg(long, value_name = "BOX", value_delimiter = ',', conflicts_with_all = ["no", "deficient"])]
    pub only: Vec<String>,
    /// The last day, where an earlier one was written on the return page.
    #[arg(long, value_name = "DATE", conflicts_with_all = ["no", "deficient"])]
    pub last_day: Option<String>,
    /// The cross is at no.
    #[arg(long, conflicts_with = "deficient")]
    pub no: bool,
    /// Something is missing: send it once more.
    #[arg(long)]
    pub deficient: bool,
}

/// `mandates own-words`.
#[derive(Debug, Args)]
pub struct OwnWords {
    /// What came.
    #[command(flatten)]
    pub sheets: Sheets,
    /// Codes of the packages that say what the paper says; several with commas between.
    #[arg(long, value_name = "CODE", value_delimiter = ',', required = true)]
    pub rights: Vec<String>,
    /// Its last day.
    #[arg(long, value_name = "DATE")]
    pub last_day: String,
}

/// `log …`.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Checks every line, chain and signature.
    Verify(ConfigFile),
}

/// `notices …`.
#[derive(Debug, Subcommand)]
pub enum NoticesCommand {
    /// Shows notices that are on their way.
    List {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Those that were given up, and need a hand.
        #[arg(long)]
        dead: bool,
    },
    /// Sends one once more that was given up.
    Retry {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Its id, as `list` shows it.
        id: String,
    },
    /// Notes that a letter came back as undeliverable.
    Returned {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// The code on the letter.
        code: String,
    },
}

/// `outgoing …`.
#[derive(Debug, Subcommand)]
pub enum OutgoingCommand {
    /// Shows what waits for a record system.
    List {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// What was given up, and needs a hand.
        #[arg(long)]
        dead: bool,
    },
    /// Sends something once more that was given up.
    Retry {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Its id, as `list` shows it.
        id: String,
    },
}

/// `keys …`.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Makes the key file that the configuration names. Never overwrites one.
    Init(ConfigFile),
}

/// `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// Where.
    #[command(flatten)]
    pub config: ConfigFile,
    /// A folder, made if it is missing. Files that lie there already are not copied again.
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// Where.
    #[command(flatten)]
    pub config: ConfigFile,
    /// A folder that `backup` wrote.
    #[arg(long, value_name = "FOLDER")]
    pub from: PathBuf,
    /// A newer list of deletions than the backup's own.
    #[arg(long, value_name = "FILE")]
    pub deletions: Option<PathBuf>,
}

/// `deletions`.
#[derive(Debug, Args)]
pub struct Deletions {
    /// Where.
    #[command(flatten)]
    pub config: ConfigFile,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// `municipality …`.
#[derive(Debug, Subcommand)]
pub enum MunicipalityCommand {
    /// Writes everything of a municipality to a folder, in open formats and not sealed.
    Export {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Its four digits.
        code: String,
        /// A folder that is new or empty.
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Erases everything of a municipality that is served no more. It may be stopped and run again.
    Erase {
        /// Where.
        #[command(flatten)]
        config: ConfigFile,
        /// Its four digits.
        code: String,
        /// Its four digits once more.
        #[arg(long, value_name = "CODE")]
        confirm: String,
    },
}
