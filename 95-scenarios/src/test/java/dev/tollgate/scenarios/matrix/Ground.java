// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.tryton.TrytonServer;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.SpanCollector;
import dev.tollgate.terms.RevealsSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

    /// The same with Tryton's contract beside the demo CRM's, and with every tool in every workflow.
    static BundleFolder withTryton(Path target, String account) {
        BundleFolder bundle = bundle(target);
        BundleFolder.copy("tryton", target);
        for (String file : List.of("sales", "support", "finance")) {
            bundle.replace("workflows/" + file + ".yaml", "(?m)^ {4}tools: \\[[^\\]]*\\]\n", "");
        }
        return bundle.replace("contracts/tryton.yaml", "calls_per_minute: \\d+", "calls_per_minute: 100000")
                .replace("principals.yaml", "demo: " + OWNER, "demo: " + OWNER + ", tryton: \'" + account + "\'");
    }

    /// A deployment with the real Tryton, to be reached at `endpoint`, besides the demo CRM.
    @RevealsSecret("the deployment keeps it in a file")
    static Configuration tryton(Path data, BundleFolder bundle, URI endpoint) throws IOException {
        return connected(data, bundle, endpoint, TrytonServer.password().reveal());
    }

    /// A deployment with what says it is a Tryton.
    static Configuration connected(Path data, BundleFolder bundle, URI endpoint, String password) throws IOException {
        Path secret = data.resolve("secrets").resolve("tryton");
        Files.createDirectories(secret.getParent());
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, password);
        Configuration from = GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), bundle);
        return new Configuration(
                from.listen(),
                from.data(),
                from.bundle(),
                from.store(),
                from.secrets(),
                List.of(new Configuration.ConnectedSystem("tryton", "tryton", endpoint, "admin", "tryton")),
                from.demo(),
                from.log(),
                from.telemetry(),
                from.fixtures());
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

    /// A store with one canary record of each kind in each object.
    static Canaries planted(BundleText bundle, MovingClock clock, Path data) {
        DemoCanaries canaries = new DemoCanaries(
                bundle,
                clock.instant(),
                List.of(
                        new DemoCanaries.Kind("own", OWNER, TENANT, "cnrycustomerq5"),
                        new DemoCanaries.Kind("other's", OTHER, TENANT, "cnrycustomerq6"),
                        new DemoCanaries.Kind("foreign", OWNER, STRANGERS, "cnrycustomerq7")));
        GatewayUnderTest.seed(data, clock, canaries::plant);
        return canaries.planted();
    }
}
