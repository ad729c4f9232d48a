// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.scenarios;

import dev.tollgate.terms.SecretValue;
import java.net.URI;
import java.util.List;

/// A whole gateway of its own in front of scripted systems.
public interface Stage extends AutoCloseable {
    /// Where agents connect.
    URI endpoint();

    /// A token of a new task for what a person asked in these words.
    SecretValue token(String request);

    /// The next call that gets through to a system is answered with these texts in that field.
    void tells(String field, List<String> texts);

    @Override
    void close();
}
