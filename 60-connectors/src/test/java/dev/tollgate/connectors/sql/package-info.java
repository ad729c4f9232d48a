// SPDX-License-Identifier: Apache-2.0
/// The contract kit against a real PostgreSQL.
@NullMarked
package dev.tollgate.connectors.sql;

import org.jspecify.annotations.NullMarked;
