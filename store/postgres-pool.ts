import pg from 'pg'

/** How long a connection or an answer is waited for. Unit: milliseconds. */
const PATIENCE = 10_000

/**
 * At most two connections to PostgreSQL. This file has the driver, which a server that counts in a file never loads.
 * @param url postgres://user@host/database
 * @param name what the connections are called in the list of the database server
 */
export function openPool(url: string, name: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
    application_name: name,
  })
  // A connection that breaks while nobody uses it is replaced by the pool; the next write tells when that fails. One that breaks between two
  // statements fails the next of them; without somebody who listens it would end the process (node-postgres, Client, "error").
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
