// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import dev.tollgate.scenarios.harness.BundleFolder;
import java.nio.file.Path;

/// The built-in bundle with a workflow in which policy lets `analyst` do everything: what is refused in it, the
/// contract and the walls refuse.
public final class OpenBundle {
    /// The workflow, and the rule that permits.
    public static final String EVERYTHING = "everything";

    private static final String CLASSES = "[public, record-identifier, record-metadata, operational, operational-notes,"
            + " scoring, deal, deal-value, draft, preferences, interaction-summary, person-name, contact-detail,"
            + " billing, payment, contract-terms, marketing-consent]";

    private OpenBundle() {}

    /// Copied into `target`, budgets lifted.
    public static BundleFolder at(Path target) {
        return opened(BundleFolder.copy("default", target).untested().generous());
    }

    /// The same on a copy that a test made.
    static BundleFolder opened(BundleFolder bundle) {
        return bundle.append("workflows/sales.yaml", """
                          - id: everything
                            intent: everything
                            purpose: try to write every field
                            classes: %s
                            destinations: [agent]
                        """.formatted(CLASSES))
                .replace("principals.yaml", "\\['account:reconcile:\\*'\\]", "[]")
                .replace("principals.yaml", "review-billing, look-around", "review-billing, everything, look-around")
                // Who tries this much is a risk; what stops it then is not what is tried here.
                .replace(
                        "policies/10-walls.cedar",
                        "when \\{\\s+context.risk.level == \"high\" [|&][^}]*\\}",
                        "when { context.intent == \"nowhere\" }")
                .append("policies/60-changes.cedar", """

                        @id("everything")
                        permit (principal in Agents::"analyst", action, resource)
                        when { context.intent == "everything" };
                        """);
    }
}
