// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.inspection.finding.Finding;
import java.util.List;

/// What one text was found to hold: never the text itself, so that findings can be logged.
///
/// @param injection how likely it carries instructions to a model, from 0 to 1
/// @param spans in order, without overlaps
public record Findings(double injection, List<Finding> spans) {
    public Findings {
        require(injection >= 0 && injection <= 1, "the score must lie between 0 and 1");
        spans = List.copyOf(spans);
    }
}
