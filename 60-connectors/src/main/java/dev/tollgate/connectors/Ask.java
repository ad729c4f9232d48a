// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Optional;

/// What a door is asked, in the system's own names. Made by the guard from an operation and the contract:
/// no name in it comes from an agent, and every value in it is typed.
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
    /// @param words     what texts are searched for besides; records with more of them come first
    record Find(
            String object,
            Column id,
            List<Column> columns,
            List<Filter> filters,
            List<Sort> sorts,
            int limit,
            int offset,
            boolean versioned,
            Optional<Search> words)
            implements Ask {
        /// A find for no words.
        public Find(
                String object,
                Column id,
                List<Column> columns,
                List<Filter> filters,
                List<Sort> sorts,
                int limit,
                int offset,
                boolean versioned) {
            this(object, id, columns, filters, sorts, limit, offset, versioned, Optional.empty());
        }

        public Find {
            columns = List.copyOf(columns);
            filters = List.copyOf(filters);
            sorts = List.copyOf(sorts);
        }

        /// The same without the stamps.
        public Find unversioned() {
            return new Find(object, id, columns, filters, sorts, limit, offset, false, words);
        }
    }

    /// Words that are looked for in texts.
    ///
    /// @param columns where; the first counts most
    /// @param words   letters and digits in lower case
    record Search(List<Column> columns, List<String> words) {
        public Search {
            columns = List.copyOf(columns);
            words = List.copyOf(words);
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
    /// @param settings  what is set
    /// @param columns   what is fetched of it afterwards
    /// @param versioned as for a find
    record Add(String object, Column id, List<Setting> settings, List<Column> columns, boolean versioned)
            implements Ask {
        public Add {
            settings = List.copyOf(settings);
            columns = List.copyOf(columns);
        }
    }

    /// New values for one record, all of them or none, in the state that was picked and in no other.
    ///
    /// @param columns what is fetched of it afterwards
    record Alter(String object, Column id, Pick pick, List<Setting> settings, List<Column> columns) implements Ask {
        public Alter {
            settings = List.copyOf(settings);
            columns = List.copyOf(columns);
        }
    }

    /// The end of one record in the state that was picked. Brings the id of what ended and nothing of its
    /// values.
    record Remove(String object, Column id, Pick pick) implements Ask {}

    /// What points at the duplicate points at the kept record afterwards, and the duplicate ends: all of
    /// it or nothing.
    ///
    /// @param links   what may point at it
    /// @param columns what is fetched of the kept record afterwards
    record Join(String object, Column id, Pick kept, Pick duplicate, List<Link> links, List<Column> columns)
            implements Ask {
        public Join {
            links = List.copyOf(links);
            columns = List.copyOf(columns);
        }
    }

    /// Something that leaves. Brings the id that it was given.
    ///
    /// @param object   what kind of thing, in the sink's own name
    /// @param settings what is in it
    /// @param columns  what is fetched of it afterwards
    /// @param bond     what must be so in the moment in which it leaves; a door that cannot tell sends nothing
    record Send(String object, Column id, List<Setting> settings, List<Column> columns, Optional<Bond> bond)
            implements Ask {
        /// A message that depends on no record.
        public Send(String object, Column id, List<Setting> settings, List<Column> columns) {
            this(object, id, settings, columns, Optional.empty());
        }

        public Send {
            settings = List.copyOf(settings);
            columns = List.copyOf(columns);
        }
    }

    /// The record that a message answers is as the message says.
    ///
    /// @param object  the system's name of the record's object
    /// @param filters the id, and who asked
    record Bond(String object, Column id, List<Filter> filters) {
        public Bond {
            filters = List.copyOf(filters);
        }
    }

    /// One record in one state.
    ///
    /// @param record    its id
    /// @param filters   the id and the row rules: a record that does not meet them is not there
    /// @param version   the state in the system's own stamp; a record in another state is stale
    /// @param stamp     the state where a column of the contract tells it
    /// @param versioned whether the system's stamp of the state after the change is wanted
    record Pick(
            String record, List<Filter> filters, Optional<String> version, Optional<Filter> stamp, boolean versioned) {
        public Pick {
            filters = List.copyOf(filters);
        }
    }

    /// A column that points at records.
    ///
    /// @param object the system's name of the object that has the column
    record Link(String object, Column column) {}

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

    /// A condition. Its value is never null: the guard answers those itself, as nothing compares with
    /// nothing.
    record Filter(Column column, Comparison comparison, Value value) {}

    /// A sort key; absent values come last.
    record Sort(Column column, boolean descending) {}

    /// A value for a column.
    record Setting(Column column, Value value) {}
}
