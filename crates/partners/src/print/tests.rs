use super::*;

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("borgerportal-spool-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn manifest(number: u128) -> Manifest {
    Manifest {
        number: Uuid::from_u128(number).to_string(),
        pages: 2,
        code: "K7MP2X9QR4TV".to_owned(),
        sha256: "00".repeat(32),
        envelope: vec!["Inger Holm".to_owned(), "Strandvejen 5".to_owned(), "3000 Helsingør".to_owned()],
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_letter_lies_there_whole_with_one_line_about_it() {
    let spool = PrintSpool::in_folder(&folder("whole")).unwrap();
    spool.put(manifest(7), b"%PDF-1.7".to_vec()).await.unwrap();
    let place = spool.folder().join("00000000-0000-0000-0000-000000000007");
    assert_eq!(fs::read(place.join(LETTER)).unwrap(), b"%PDF-1.7");
    let line = fs::read_to_string(place.join(MANIFEST)).unwrap();
    assert_eq!(line.matches('\n').count(), 1);
    assert_eq!(serde_json::from_str::<Manifest>(&line).unwrap(), manifest(7));
    fs::remove_dir_all(spool.folder()).unwrap();
}

#[tokio::test]
async fn the_same_number_again_changes_nothing() {
    let spool = PrintSpool::in_folder(&folder("again")).unwrap();
    spool.put(manifest(7), b"%PDF first".to_vec()).await.unwrap();
    spool.put(manifest(7), b"%PDF second".to_vec()).await.unwrap();
    let place = spool.folder().join("00000000-0000-0000-0000-000000000007");
    assert_eq!(fs::read(place.join(LETTER)).unwrap(), b"%PDF first");
    assert_eq!(names(spool.folder()).len(), 1);
    fs::remove_dir_all(spool.folder()).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_workers_with_the_same_letters_leave_each_once_and_no_halves() {
    let spool = PrintSpool::in_folder(&folder("many")).unwrap();
    let puts = (0..64_u128).map(|number| {
        let spool = spool.clone();
        tokio::spawn(async move { spool.put(manifest(number % 8), vec![b'x'; 40_000]).await })
    });
    for put in puts.collect::<Vec<_>>() {
        put.await.unwrap().unwrap();
    }
    let names = names(spool.folder());
    assert_eq!(names.len(), 8, "{names:?}");
    for name in &names {
        assert_eq!(fs::read(spool.folder().join(name).join(LETTER)).unwrap().len(), 40_000);
        assert!(spool.folder().join(name).join(MANIFEST).exists());
    }
    fs::remove_dir_all(spool.folder()).unwrap();
}

#[tokio::test]
async fn a_number_that_is_none_is_no_name_of_a_folder() {
    let spool = PrintSpool::in_folder(&folder("odd")).unwrap();
    for number in ["", "..", "../../etc", "7"] {
        let odd = Manifest { number: number.to_owned(), ..manifest(7) };
        assert!(spool.put(odd, b"%PDF".to_vec()).await.is_err(), "{number}");
    }
    assert!(names(spool.folder()).is_empty());
    fs::remove_dir_all(spool.folder()).unwrap();
}

#[tokio::test]
async fn a_spool_that_is_gone_is_said_to_be_away() {
    let spool = PrintSpool::in_folder(&folder("gone")).unwrap();
    fs::remove_dir_all(spool.folder()).unwrap();
    fs::write(spool.folder(), b"a file where the folder was").unwrap();
    let error = spool.put(manifest(7), b"%PDF".to_vec()).await.unwrap_err();
    assert!(error.retry_helps());
    assert_eq!(error.partner(), Partner::Print);
    fs::remove_file(spool.folder()).unwrap();
}
