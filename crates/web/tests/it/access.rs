//! Who may come to which address: the table that people review against what the router does.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use domain::kernel::{Coded, OfficeId, OrganisationId, Post, Role, Scope, Street};
use web::shell::guard::{Access, Denied};

use crate::planted;
use crate::support::{Reader, World};

const TABLE: &str = include_str!("access.csv");
const METHODS: [Method; 3] = [Method::GET, Method::POST, Method::DELETE];

/// `path,method` with the roles that may come.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let mut lines = TABLE.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split(',').skip(2).collect();
    let mut rows = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), head.len() + 2, "{line}");
        assert!(cells[2..].iter().all(|cell| ["allow", "deny"].contains(cell)), "{line}");
        let allowed = head.iter().zip(&cells[2..]).filter(|(_, cell)| **cell == "allow");
        let allowed = allowed.map(|(role, _)| (*role).to_owned()).collect();
        assert_eq!(rows.insert(format!("{},{}", cells[0], cells[1]), allowed), None, "{line}");
    }
    rows
}

async fn readers(world: &World) -> Vec<(Role, Reader)> {
    let planted = planted::awarded(&world.city, 12, "awarded").await;
    let mut readers = vec![(Role::Public, Reader::default())];
    for role in Role::ALL.iter().filter(|role| !matches!(role, Role::Public | Role::System)) {
        let scope = scope_of(*role, planted.office, planted.organisation);
        let login = format!("as-{}", role.code().replace('_', "-"));
        readers.push((*role, world.reader(&login, Post { role: *role, scope }).await.1));
    }
    readers
}

fn scope_of(role: Role, office: OfficeId, organisation: OrganisationId) -> Scope {
    match role {
        Role::OrganisationUser => Scope::Organisation(organisation),
        Role::OfficeStaff | Role::OfficeDirector => Scope::Office(office),
        Role::StreetOfficer => Scope::Street(Street(320_104_002)),
        _ => Scope::City,
    }
}

/// The router's own row: every method that it answers, with the roles that the guard lets through.
async fn rows_of(world: &World, readers: &[(Role, Reader)], path: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut rows = Vec::new();
    for method in METHODS {
        let mut allowed = BTreeSet::new();
        let mut is_answered = false;
        for (role, reader) in readers {
            let request = Request::builder().method(method.clone()).uri(filled(path));
            let request = request.header(header::COOKIE, format!("sid={}", reader.token));
            let answer = world.raw(request.body(Body::empty()).expect("a request")).await;
            // A guard stands before every method, so only a reader whom it lets in learns which there are.
            if answer.extensions().get::<Denied>().is_some() {
                continue;
            }
            match answer.status() {
                StatusCode::METHOD_NOT_ALLOWED => {}
                // No session counts where a token is asked for.
                StatusCode::UNAUTHORIZED => is_answered = true,
                _ => {
                    is_answered = true;
                    allowed.insert(role.code().to_owned());
                }
            }
        }
        if is_answered {
            rows.push((format!("{path},{method}"), allowed));
        }
    }
    rows
}

/// The path with something in place of each parameter.
fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "2014".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The row as the table would hold it.
fn line(row: &str, allowed: &BTreeSet<String>) -> String {
    let head = TABLE.lines().next().unwrap_or_default().split(',').skip(2);
    let cells = head.map(|role| if allowed.contains(role) { "allow" } else { "deny" });
    format!("{row},{}", cells.collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn the_table_of_access_says_what_the_router_does() {
    let world = World::new().await;
    let readers = readers(&world).await;
    let mut table = table();
    let mut faults = Vec::new();
    let paths: BTreeSet<&str> = web::routes::all().iter().map(|route| route.path).collect();
    for path in paths {
        // Signing out ends the very session that the next request needs; its row is checked below.
        if path == "/sign-out" {
            table.remove("/sign-out,POST");
            continue;
        }
        for (row, allowed) in rows_of(&world, &readers, path).await {
            match table.remove(&row) {
                None => faults.push(format!("no row yet, review and add: {}", line(&row, &allowed))),
                Some(held) if held != allowed => {
                    faults.push(format!("the router does otherwise: {}", line(&row, &allowed)));
                }
                Some(_) => {}
            }
        }
    }
    faults.extend(table.keys().map(|row| format!("no such address any more: {row}")));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_demos_own_doors_exist_in_a_demo_alone() {
    for role in Role::ALL {
        assert!(Access::DemoOnly.admits(*role, true));
        assert!(!Access::DemoOnly.admits(*role, false));
    }
}

#[tokio::test]
async fn only_the_signed_in_sign_out() {
    let world = World::new().await;
    assert_eq!(world.post_as(&Reader::default(), "/sign-out", &[]).await.location, "/sign-in?back=/sign-out");
    let (_, reader) = world.reader("as-lead", Post { role: Role::PurchaseLead, scope: Scope::City }).await;
    assert_eq!(world.post_as(&reader, "/sign-out", &[]).await.location, "/");
}
