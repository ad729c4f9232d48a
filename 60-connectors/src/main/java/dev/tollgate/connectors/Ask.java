// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import java.util.List;

/// What a door is asked, in the system's own names. Made by the guard from an operation and the contract: no name in
/// it comes from an agent, and every value in it is typed.
public sealed interface Ask {
    /// The system's name of the object.
    String object();

    /// Records that meet every filter.
    ///
    /// @param id        column of the record id
    /// @param columns   what is fetched, the id not among them; nothing else may be asked of the system
    /// @param filters   all of them hold: the agent's conditions and the row rules alike
    /// @param sorts     most significant first; the id comes after the last
    /// @param limit     rows at most
    /// @param offset    rows that come before
    /// @param versioned whether the system's stamp of each record is wanted
    record Find(
            String object,
            Column id,
            List<Column> columns,
            List<Filter> filters,
            List<Sort> sorts,
            int limit,
            int offset,
            boolean versioned)
            implements Ask {
        public Find {
            columns = List.copyOf(columns);
            filters = List.copyOf(filters);
            sorts = List.copyOf(sorts);
        }
    }

    /// How many records meet every filter.
    record Tally(String object, Column id, List<Filter> filters) implements Ask {
        public Tally {
            filters = List.copyOf(filters);
        }
    }

    /// A new record.
    ///
    /// @param settings what is set
    /// @param columns  what is fetched of it afterwards
    record Add(String object, Column id, List<Setting> settings, List<Column> columns) implements Ask {
        public Add {
            settings = List.copyOf(settings);
            columns = List.copyOf(columns);
        }
    }

    /// A column of the system.
    ///
    /// @param upstream the system's name, from the contract
    /// @param kind     what it holds
    record Column(String upstream, Kind kind) {}

    /// What a column holds, as far as doors must know.
    enum Kind {
        TEXT,
        WHOLE,
        NUMBER,
        TRUTH,
        DAY,
        MOMENT,
        /// The id of a record, text in Tollgate whatever the system uses.
        RECORD,
        /// A list of any of these.
        LIST
    }

    /// A condition. Its value is never null: the guard answers those itself, as nothing compares with nothing.
    record Filter(Column column, Comparison comparison, Value value) {}

    /// A sort key; absent values come last.
    record Sort(Column column, boolean descending) {}

    /// A value for a column of a new record.
    record Setting(Column column, Value value) {}
}
