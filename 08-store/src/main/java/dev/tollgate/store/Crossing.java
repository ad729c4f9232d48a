// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.util.Locale;

/// Work on rows of every tenant at once. Closed: whoever needs another reason to see all tenants writes it here, where
/// it is read.
public enum Crossing {
    /// What is old is forgotten, and what is out of time ends, whoever's it is.
    RETENTION,
    /// Clocks of exceptions that ran out are told to whoever is next.
    ESCALATION,
    /// A kill switch of the whole deployment ends what waits for people, everywhere.
    HALT,
    /// A node takes the next rollback that anybody asked for.
    ROLLBACK,
    /// The demo CRM fills its tables and numbers its records: it is two companies' system, not one's.
    DEMO;

    /// As the database hears it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
