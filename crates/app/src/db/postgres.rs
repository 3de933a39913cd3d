//! PostgreSQL: a pool of connections whose search path is the city's schema.

use std::error::Error as StdError;
use std::sync::Arc;

use deadpool_postgres::{Manager as PoolKeeper, ManagerConfig, Object, Pool, RecyclingMethod};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut};
use tokio_postgres::{NoTls, Row as RawRow};

use super::generation::Turns;
use super::{DbError, Row, Val};

const CONNECTIONS_MAX: usize = 24;

/// A pool of connections to one schema.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
    schema: Arc<str>,
    turns: Arc<Turns>,
}

/// A transaction on a connection of its own.
pub struct PostgresTx {
    connection: Option<Object>,
}

impl Postgres {
    pub(super) fn connect(address: &str) -> Result<Self, DbError> {
        let (address, schema) = split_schema(address)?;
        let mut config: tokio_postgres::Config = address.parse()?;
        let search_path = format!("-c search_path={schema}");
        let options = match config.get_options() {
            Some(given) => format!("{given} {search_path}"),
            None => search_path,
        };
        config.options(&options);
        config.application_name("gongzhi");
        let keeper = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let pool = Pool::builder(PoolKeeper::from_config(config, NoTls, keeper))
            .max_size(CONNECTIONS_MAX)
            .build()
            .map_err(|error| DbError::Engine(error.to_string()))?;
        Ok(Self { pool, schema: schema.into(), turns: Arc::default() })
    }

    /// The schema that holds this city.
    pub(super) fn schema(&self) -> &str {
        &self.schema
    }

    /// Who waits for the public generation.
    pub(super) fn turns(&self) -> &Turns {
        &self.turns
    }

    pub(super) async fn begin(&self) -> Result<PostgresTx, DbError> {
        let connection = self.connection().await?;
        connection.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
        Ok(PostgresTx { connection: Some(connection) })
    }

    pub(super) async fn read(&self, sql: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
        select(&self.connection().await?, sql, args).await
    }

    async fn connection(&self) -> Result<Object, DbError> {
        self.pool.get().await.map_err(|error| DbError::Engine(spelled_out(&error)))
    }
}

impl PostgresTx {
    pub(super) async fn run(&mut self, sql: &str, args: &[Val]) -> Result<u64, DbError> {
        let connection = self.held()?;
        let statement = connection.prepare_cached(sql).await?;
        Ok(connection.execute(&statement, &borrowed(args)).await?)
    }

    pub(super) async fn read(&mut self, sql: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
        select(self.held()?, sql, args).await
    }

    pub(super) async fn commit(mut self) -> Result<(), DbError> {
        self.held()?.batch_execute("COMMIT").await?;
        // Only now may the connection go back to the pool; until then `drop` closes it.
        drop(self.connection.take());
        Ok(())
    }

    pub(super) async fn rollback(mut self) -> Result<(), DbError> {
        self.held()?.batch_execute("ROLLBACK").await?;
        drop(self.connection.take());
        Ok(())
    }

    fn held(&self) -> Result<&Object, DbError> {
        self.connection.as_ref().ok_or_else(|| DbError::Engine("the transaction is over".to_owned()))
    }
}

impl Drop for PostgresTx {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Closing the connection makes the server undo what was begun on it.
            drop(Object::take(connection));
        }
    }
}

async fn select(connection: &Object, sql: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
    let statement = connection.prepare_cached(sql).await?;
    let names: Arc<[String]> = statement.columns().iter().map(|column| column.name().to_owned()).collect();
    let rows = connection.query(&statement, &borrowed(args)).await?;
    rows.iter().map(|row| Ok(Row { names: Arc::clone(&names), values: values(row)? })).collect()
}

fn values(row: &RawRow) -> Result<Vec<Val>, DbError> {
    let mut values = Vec::with_capacity(row.len());
    for (index, column) in row.columns().iter().enumerate() {
        let kind = column.type_();
        values.push(if *kind == Type::INT8 {
            Val::Int(row.try_get(index)?)
        } else if *kind == Type::INT4 {
            Val::Int(row.try_get::<_, Option<i32>>(index)?.map(i64::from))
        } else if *kind == Type::BOOL {
            Val::Int(row.try_get::<_, Option<bool>>(index)?.map(i64::from))
        } else if *kind == Type::BYTEA {
            Val::Bytes(row.try_get(index)?)
        } else if [Type::TEXT, Type::VARCHAR, Type::NAME, Type::UNKNOWN].contains(kind) {
            Val::Text(row.try_get(index)?)
        } else {
            return Err(DbError::corrupt(column.name(), "BIGINT, TEXT or BYTEA"));
        });
    }
    Ok(values)
}

fn borrowed(args: &[Val]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Val {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Val::Int(Some(number)) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Val::Int(Some(number)) => number.to_sql(&Type::INT8, out),
            Val::Text(Some(text)) => text.to_sql(&Type::TEXT, out),
            Val::Bytes(Some(bytes)) => bytes.to_sql(&Type::BYTEA, out),
            Val::Int(None) | Val::Text(None) | Val::Bytes(None) => Ok(IsNull::Yes),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

/// Takes `schema=NAME` out of the address; the default is `public`.
fn split_schema(address: &str) -> Result<(String, String), DbError> {
    let Some((base, query)) = address.split_once('?') else {
        return Ok((address.to_owned(), "public".to_owned()));
    };
    let mut schema = "public".to_owned();
    let mut kept = Vec::new();
    for pair in query.split('&') {
        match pair.strip_prefix("schema=") {
            Some(name) => schema = name.to_owned(),
            None => kept.push(pair),
        }
    }
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if schema.is_empty() || schema.len() > 63 || !schema.chars().all(is_plain) {
        return Err(DbError::Engine("a schema's name is a-z, 0-9 and _ only".to_owned()));
    }
    let address = if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) };
    Ok((address, schema))
}

fn spelled_out(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::split_schema;

    #[test]
    fn a_city_is_a_schema_in_the_address() {
        let cases = [
            ("postgres://h/db", Some(("postgres://h/db", "public"))),
            ("postgres://h/db?schema=nanjing", Some(("postgres://h/db", "nanjing"))),
            ("postgres://h/db?a=1&schema=wuxi_2", Some(("postgres://h/db?a=1", "wuxi_2"))),
            ("postgres://h/db?schema=x;drop", None),
            ("postgres://h/db?schema=", None),
        ];
        for (address, expected) in cases {
            let found = split_schema(address).ok();
            assert_eq!(found.as_ref().map(|(a, s)| (a.as_str(), s.as_str())), expected, "{address}");
        }
    }
}
