// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One tool that agents call: one verb on one object.
///
/// @param name          unique over all contracts
/// @param system        the system of the contract
/// @param object        the object of the same contract
/// @param kind          the shape of its arguments
/// @param verb          what it does, as scopes and policies know it
/// @param scopes        scopes that a delegation must hold, all of them
/// @param title         a few words for people
/// @param description   what it does, for agents
/// @param defaultFields fields returned when the call names none
/// @param accepts       fields that a `create`, `update` or `send` takes; empty for other kinds
/// @param required      those of `accepts` that must be given
/// @param reversibility whether what it does can be undone
/// @param rowsMax       rows of one answer at most
/// @param outlet        where a `send` goes; nothing for other kinds
/// @param verification  what a `verify` finds out; nothing for other kinds
/// @param matches       fields whose texts a `search` finds words in; empty when it finds none
public record ToolType(
        ToolName name,
        SystemId system,
        String object,
        Kind kind,
        Verb verb,
        List<Scope> scopes,
        String title,
        String description,
        List<String> defaultFields,
        List<String> accepts,
        List<String> required,
        Reversibility reversibility,
        int rowsMax,
        Optional<Outlet> outlet,
        Optional<Verification> verification,
        List<String> matches) {
    /// The shape of a tool's arguments.
    public enum Kind {
        /// One record by its id.
        GET,
        /// Records that meet conditions, a page at a time.
        SEARCH,
        /// How many records meet conditions.
        COUNT,
        /// Whether one record holds what is claimed of it: a yes or a no.
        VERIFY,
        /// A new record.
        CREATE,
        /// New values for some fields of one record.
        UPDATE,
        /// The end of one record.
        DELETE,
        /// Two records become one.
        MERGE,
        /// Something leaves through a sink.
        SEND;

        /// Whether the tool takes values for fields.
        public boolean takesValues() {
            return switch (this) {
                case CREATE, UPDATE, SEND -> true;
                case GET, SEARCH, COUNT, VERIFY, DELETE, MERGE -> false;
            };
        }

        /// Whether a call names the record that it changes.
        public boolean changesRecord() {
            return switch (this) {
                case UPDATE, DELETE, MERGE -> true;
                case GET, SEARCH, COUNT, VERIFY, CREATE, SEND -> false;
            };
        }

        /// The word used in contracts, for example `search`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The kind of that word, or nothing when there is none.
        public static Optional<Kind> of(String word) {
            return Words.find(values(), Kind::word, word);
        }
    }

    public ToolType {
        scopes = List.copyOf(scopes);
        defaultFields = List.copyOf(defaultFields);
        accepts = List.copyOf(accepts);
        required = List.copyOf(required);
        matches = List.copyOf(matches);
    }

    /// What it does to the world.
    public Effect effect() {
        return switch (kind) {
            case GET, SEARCH, COUNT, VERIFY -> Effect.READ;
            case CREATE -> Effect.CREATE;
            case UPDATE, MERGE -> Effect.CHANGE;
            case DELETE -> Effect.DELETE;
            case SEND -> outlet.map(Outlet::effect).orElse(Effect.RUN);
        };
    }

    /// Where the answer or the change ends: what a tool sends, at its sink; anything else, at the asking
    /// agent.
    public String destination() {
        return outlet.map(Outlet::destination).orElse(Operation.Target.AGENT);
    }
}
