// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import java.time.Duration;
import java.util.Locale;

/// What is counted of an agent. Closed: each kind has a window of its own, a limit for agents whose bundle
/// names none, and a largest limit that a bundle may name. A bundle that needs more than the largest says
/// `unlimited` and why: a number that nobody can reach looks like a limit and is none.
public enum Meter {
    /// Calls of one agent, whatever becomes of them. A thousand a second is more than any agent that waits
    /// for a model makes.
    CALLS_PER_MINUTE(Duration.ofMinutes(1), 60, 60_000),
    /// Calls about one case: the customer that the task is about, or the task itself (requirement S2-18).
    CALLS_PER_CASE_AND_HOUR(Duration.ofHours(1), 1_000, 1_000_000),
    /// Changes of one agent. Lower than its calls: what is read wrong is read again, what is written wrong
    /// is written.
    WRITES_PER_MINUTE(Duration.ofMinutes(1), 20, 6_000),
    /// Changes of one agent, for runs that stay below the minute's limit (requirement S4-30).
    WRITES_PER_HOUR(Duration.ofHours(1), 200, 360_000),
    /// Changes of one record by all agents together (requirement S4-30).
    WRITES_PER_RECORD_AND_DAY(Duration.ofDays(1), 20, 10_000),
    /// Messages of one agent through all sinks.
    SENDS_PER_HOUR(Duration.ofHours(1), 30, 36_000),
    /// Mails to one domain of all agents of a tenant together (requirement S4-30).
    MAILS_PER_DOMAIN_AND_DAY(Duration.ofDays(1), 20, 10_000),
    /// Different customers whose records an agent was shown (requirement B-17). Each is a row in the store
    /// for a day.
    CUSTOMERS_PER_DAY(Duration.ofDays(1), 500, 100_000),
    /// Bytes of one data class that an agent was shown (requirement B-17). A page of 200 rows of 25 fields
    /// weighs about 100 kB.
    BYTES_PER_DAY(Duration.ofDays(1), 20_000_000, 100_000_000_000L),
    /// Different records that an agent changes: whoever reaches the limit is stopped until a person lets it
    /// go on (requirement S4-19). Each is a row in the store for two minutes.
    RECORDS_IN_2_MINUTES(Duration.ofMinutes(2), 50, 10_000);

    private final Duration window;
    private final long usual;
    private final long largest;

    Meter(Duration window, long usual, long largest) {
        this.window = window;
        this.usual = usual;
        this.largest = largest;
    }

    /// The key in `budgets.yaml`, for example `writes_per_hour`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name in refusals and logs, for example `writes-per-hour`.
    public String word() {
        return key().replace('_', '-');
    }

    /// The sliding window that it counts in.
    public Duration window() {
        return window;
    }

    /// The limit where a bundle names none.
    public long usual() {
        return usual;
    }

    /// The largest limit that a bundle may name.
    public long largest() {
        return largest;
    }

    Budget budget(long max) {
        return new Budget(word(), max, window);
    }
}
