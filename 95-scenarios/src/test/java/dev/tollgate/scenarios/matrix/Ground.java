// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import dev.tollgate.app.Configuration;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.SpanCollector;
import java.nio.file.Path;
import java.util.Optional;

/// What canaries are planted in: the built-in bundle with accounts and tenants that are canaries themselves, and a
/// gateway whose spans are kept.
final class Ground {
    /// Account of every person in the CRM.
    static final String OWNER = "cnryownerq1";

    /// Account of somebody else.
    static final String OTHER = "cnryotherq2";

    /// Tenant of most people.
    static final String TENANT = "cnrytenantq3";

    /// The other tenant.
    static final String STRANGERS = "cnrytenantq4";

    private Ground() {}

    /// The built-in bundle, in `target`, with room for as many calls as a matrix makes.
    static BundleFolder bundle(Path target) {
        return BundleFolder.copy("default", target)
                .untested()
                .generous()
                .replace("contracts/demo.yaml", "calls_per_minute: \\d+", "calls_per_minute: 100000")
                .replace("principals.yaml", "accounts: \\{demo: usr_00\\d\\}", "accounts: {demo: " + OWNER + "}")
                .replace("principals.yaml", "tenant: acme", "tenant: " + TENANT)
                .replace("principals.yaml", "tenant: globex", "tenant: " + STRANGERS);
    }

    /// The same deployment with its spans sent to `spans`.
    static Configuration traced(Configuration from, SpanCollector spans) {
        return new Configuration(
                from.listen(),
                from.data(),
                from.bundle(),
                from.store(),
                from.secrets(),
                from.systems(),
                from.demo(),
                from.log(),
                Optional.of(new Configuration.Telemetry(spans.endpoint())),
                from.fixtures());
    }
}
