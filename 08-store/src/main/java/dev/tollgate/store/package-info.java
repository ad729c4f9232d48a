// SPDX-License-Identifier: Apache-2.0
/// The one door to SQLite and PostgreSQL: one `Store` contract, migrations, transactions, leases, single use.
/// Callers write a portable subset of SQL (`insert … on conflict do nothing`, `returning`, guarded updates);
/// nothing above this room knows which database answers. Instants are `BIGINT` microseconds since 1970; truth
/// values are 0 and 1.
@NullMarked
package dev.tollgate.store;

import org.jspecify.annotations.NullMarked;
