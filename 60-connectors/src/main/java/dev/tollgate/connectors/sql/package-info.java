// SPDX-License-Identifier: Apache-2.0
/// The door to any database with a JDBC driver, by contract: PostgreSQL today. Identifiers come from the contract,
/// values are parameters, reads run in read-only transactions with a deadline that the database itself keeps too.
@NullMarked
package dev.tollgate.connectors.sql;

import org.jspecify.annotations.NullMarked;
