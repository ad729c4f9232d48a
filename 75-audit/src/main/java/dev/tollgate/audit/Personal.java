// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A value about a person, or one from which a person can be guessed: a record id, arguments, the
/// digest of a short answer. The log holds a salted commitment to it; the value lies in the vault until
/// it is erased.
///
/// @param name    its name in the entry, unique there, for example `row/0`
/// @param subject whom it is about, when that is known; erasing the subject erases this
/// @param value   the value itself, at most 256 KiB in canonical form
public record Personal(String name, Optional<Subject> subject, Value value) {
    /// The arguments of a call, with the record that they name.
    public static final String CALL = "call";

    /// What a decision was taken on beside what its entry says: what the record held, who approved.
    public static final String SITUATION = "situation";

    /// The digest of the answer. A digest of a short answer can be guessed, so it is no less personal than
    /// the answer.
    public static final String ANSWER = "answer";

    /// The customer or case that the task is about.
    public static final String CUSTOMER = "customer";

    private static final String ROW = "row/";
    private static final String CHANGE = "change/";

    /// Values of one entry: more commitments would not leave room in it for anything else.
    public static final int COUNT_MAX = 800;

    public Personal {
        require(name.matches("[a-z]+(/[0-9]{1,4})?"), "a personal value's name is a word, or a word and a number");
    }

    /// Whom a value is about.
    ///
    /// @param scope where the id means something: `demo/contact`, or `customer` for the customer that a token
    /// names
    /// @param id    the id there
    public record Subject(String scope, String id) {
        public Subject {
            Require.id("subject scope", scope);
            Require.id("subject id", id);
        }

        /// A record of a connected system.
        public static Subject record(SystemId system, String object, RecordId record) {
            return new Subject(system + "/" + object, record.value());
        }

        /// The customer that a delegation names.
        public static Subject customer(String id) {
            return new Subject("customer", id);
        }

        /// Ids can be personal.
        @Override
        public String toString() {
            return "Subject[" + scope + " ***]";
        }
    }

    /// What a call asks for.
    ///
    /// @param record    the record that it names, when it names one
    /// @param arguments the operation in canonical form, enough to decide it again
    public static Personal call(Optional<Subject> record, Value arguments) {
        return new Personal(CALL, record, arguments);
    }

    /// The customer that the task is about.
    public static Personal customer(String id) {
        return new Personal(CUSTOMER, Optional.of(Subject.customer(id)), Value.of(id));
    }

    /// What a decision was taken on, enough to take it again.
    public static Personal situation(Optional<Subject> record, Value facts) {
        return new Personal(SITUATION, record, facts);
    }

    /// What one row of an answer showed.
    ///
    /// @param number the row in the answer, from 0
    /// @param record which record it is
    /// @param views  the view of each field
    /// @param rules  rules that decided a field otherwise than the decision's verdict, by field; mostly none
    /// @param done   what was done to a field beside its view, by field; mostly none (requirement S0-26)
    public static Personal row(
            int number,
            Subject record,
            Map<String, dev.tollgate.terms.View> views,
            Map<String, List<String>> rules,
            Map<String, List<String>> done) {
        Map<String, Value> shown = new TreeMap<>();
        views.forEach((field, view) -> shown.put(field, Value.of(view.word())));
        Map<String, Value> deciding = new TreeMap<>();
        rules.forEach((field, ids) -> deciding.put(field, Value.texts(ids)));
        Members members = new Members().put("record", record.id()).put("views", new Value.Fields(shown));
        if (!deciding.isEmpty()) {
            members.put("rules", new Value.Fields(deciding));
        }
        if (!done.isEmpty()) {
            Map<String, Value> words = new TreeMap<>();
            done.forEach((field, what) -> words.put(field, Value.texts(what)));
            members.put("done", new Value.Fields(words));
        }
        return new Personal(ROW + number, Optional.of(record), members.fields());
    }

    /// The values of a changed record before and after (requirement S4-18).
    public static Personal change(int number, Subject record, Value before, Value after) {
        Members members =
                new Members().put("record", record.id()).put("before", before).put("after", after);
        return new Personal(CHANGE + number, Optional.of(record), members.fields());
    }

    /// The digest of the answer as it was released.
    public static Personal answer(Optional<Subject> record, dev.tollgate.terms.Digest digest) {
        return new Personal(ANSWER, record, Value.of(digest.text()));
    }

    /// Whether this is what a row showed.
    static boolean isRow(String name) {
        return name.startsWith(ROW);
    }

    @Override
    public String toString() {
        return "Personal[" + name + " ***]";
    }
}
