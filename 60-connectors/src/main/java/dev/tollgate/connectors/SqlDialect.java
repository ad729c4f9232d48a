// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What differs between databases: the types of parameters and the names of tables.
public interface SqlDialect {
    /// The table of an object, quoted.
    ///
    /// @throws UpstreamBroken `unsupported` when no table can have that name
    String table(String object);

    /// The parameter for a value that a column is compared with. A value that the column's type cannot
    /// hold becomes one that compares the same way.
    Object compared(Ask.Kind kind, Comparison comparison, Value value);

    /// An expression that is true of rows with a word in a column, with one parameter.
    ///
    /// @throws UpstreamBroken `unsupported` when the database has no index of words
    String hit(String object, Ask.Column column);

    /// The parameter of `hit` for a word of letters and digits.
    Object word(Ask.Column column, String word);

    /// The parameter for a value that a column is set to.
    @Nullable
    Object set(Ask.Kind kind, Value value);

    /// An expression for the stamp of a row's state, as text. It differs after every change of the row.
    String stamp();

    /// What is set besides whenever a row changes, or nothing when the database stamps rows by itself.
    Optional<String> restamped();

    /// What a select ends with so that the rows stay as they are until the transaction ends; nothing
    /// where setting the stamp does that.
    String holding();
}
