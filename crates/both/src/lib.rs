//! One attribute, `#[both]`, which runs a test of the store on SQLite and on PostgreSQL.
//!
//! It exists so that nobody can write a test for one engine and forget the other. It refuses to know
//! anything about engines itself: starting them, and failing loudly when PostgreSQL is not there, is
//! the work of `borgerportal_store::testing`. It has no dependencies, because every test build waits
//! for it.

use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// Runs a test once on each engine.
///
/// ```ignore
/// #[both]
/// fn a_withdrawn_mandate_is_gone(store: TestStore) { … }
/// ```
///
/// keeps the function as it is and adds the tests `a_withdrawn_mandate_is_gone::sqlite` and
/// `a_withdrawn_mandate_is_gone::postgres`. The function takes exactly one parameter, a fresh store.
/// It may be `async`, and it may return a `Result`.
///
/// A function without that parameter is refused, because it would say nothing about an engine:
///
/// ```compile_fail
/// #[borgerportal_both::both]
/// fn no_store() {}
/// ```
///
/// So is anything which is not a function, and arguments to the attribute:
///
/// ```compile_fail
/// #[borgerportal_both::both]
/// struct NotATest;
/// ```
///
/// ```compile_fail
/// #[borgerportal_both::both(sqlite)]
/// fn only_one(store: u8) {}
/// ```
#[proc_macro_attribute]
pub fn both(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if !arguments.is_empty() {
        return refuse(
            Span::call_site(),
            "#[both] takes no arguments: a test that needs one engine is a plain #[test]",
        );
    }
    match Signature::read(item.clone()) {
        Ok(signature) => {
            let mut out = item;
            out.extend(signature.tests());
            out
        }
        Err((span, why)) => refuse(span, why),
    }
}

/// What the tests need to know of the function they call.
struct Signature {
    name: Ident,
    is_async: bool,
    /// The tokens between `->` and the body; empty for a function that returns nothing.
    returns: TokenStream,
    /// `#[cfg(…)]` attributes, which must hold for the tests too.
    conditions: TokenStream,
}

impl Signature {
    fn read(item: TokenStream) -> Result<Self, (Span, &'static str)> {
        let mut is_async = false;
        let mut conditions = TokenStream::new();
        let mut tokens = item.into_iter();
        loop {
            match tokens.next() {
                Some(TokenTree::Punct(hash)) if hash.as_char() == '#' => {
                    if let Some(group) = tokens.next().filter(is_cfg) {
                        conditions.extend([TokenTree::Punct(hash), group]);
                    }
                }
                Some(TokenTree::Ident(word)) => match word.to_string().as_str() {
                    "fn" => break,
                    "async" => is_async = true,
                    "pub" => {}
                    _ => return Err((word.span(), "#[both] stands on a function")),
                },
                Some(TokenTree::Group(visibility)) if visibility.delimiter() == Delimiter::Parenthesis => {}
                Some(other) => return Err((other.span(), "#[both] stands on a function")),
                None => return Err((Span::call_site(), "#[both] stands on a function")),
            }
        }
        let Some(TokenTree::Ident(name)) = tokens.next() else {
            return Err((Span::call_site(), "the function has no name"));
        };
        match tokens.next() {
            Some(TokenTree::Group(parameters)) if parameters.delimiter() == Delimiter::Parenthesis => {
                if parameter_count(&parameters) != 1 {
                    return Err((
                        parameters.span(),
                        "a #[both] test takes one parameter: `store: TestStore`",
                    ));
                }
            }
            _ => return Err((name.span(), "a #[both] test is not generic: it takes `store: TestStore`")),
        }
        Ok(Self { name, is_async, returns: return_type(tokens), conditions })
    }

    /// The module with the two tests. It has the function's name: modules and functions do not collide.
    fn tests(&self) -> TokenStream {
        let name = self.name.to_string();
        let call = if self.is_async {
            format!("|store| ::borgerportal_store::testing::block_on(super::{name}(store))")
        } else {
            format!("super::{name}")
        };
        let (import, arrow) = if self.returns.is_empty() { ("", "") } else { ("use super::*;", "->") };
        let test = |engine: &str| {
            format!(
                "#[test] fn {engine}() {arrow} {returns} {{ ::borgerportal_store::testing::on_{engine}({call}) }}",
                returns = self.returns
            )
        };
        let module =
            format!("{} mod {name} {{ {import} {} {} }}", self.conditions, test("sqlite"), test("postgres"));
        module.parse().unwrap_or_else(|_| refuse(self.name.span(), "#[both] could not write the two tests"))
    }
}

fn is_cfg(attribute: &TokenTree) -> bool {
    let TokenTree::Group(group) = attribute else { return false };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(word)) if word.to_string() == "cfg")
}

/// Counts commas outside angle brackets, so that `Map<K, V>` is one parameter.
fn parameter_count(parameters: &Group) -> usize {
    let (mut count, mut depth, mut open) = (0, 0_i32, false);
    for token in parameters.stream() {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth -= 1,
                ',' if depth == 0 => {
                    open = false;
                    continue;
                }
                _ => {}
            }
        }
        if !open {
            count += 1;
            open = true;
        }
    }
    count
}

/// Everything after `->` up to the body, which is the last token.
fn return_type(rest: impl Iterator<Item = TokenTree>) -> TokenStream {
    let mut rest: Vec<TokenTree> = rest.collect();
    rest.pop();
    rest.into_iter().skip(2).collect()
}

fn refuse(span: Span, why: &str) -> TokenStream {
    let error: Result<TokenStream, _> = format!("::core::compile_error!({why:?});").parse();
    let spanned = error.into_iter().flatten().map(|mut token| {
        token.set_span(span);
        token
    });
    spanned.collect()
}
