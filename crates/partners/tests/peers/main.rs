//! Our clients against programs that others wrote.

#[cfg(test)]
mod oidc_provider;
#[cfg(test)]
mod peer;
