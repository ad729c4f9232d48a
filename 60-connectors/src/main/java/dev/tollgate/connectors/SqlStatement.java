// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement and what its question marks stand for. The text holds names of the contract and nothing else.
///
/// @param text       with one `?` a parameter
/// @param parameters in the dialect's own types
public record SqlStatement(String text, List<@Nullable Object> parameters) {
    public SqlStatement {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /// Parameters are customer data: only the text is printed.
    @Override
    public String toString() {
        return text;
    }
}
