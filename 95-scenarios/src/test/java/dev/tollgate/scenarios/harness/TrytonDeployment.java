// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.tryton.TrytonServer;
import dev.tollgate.terms.RevealsSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Deployments with a real Tryton besides the demo CRM.
public final class TrytonDeployment {
    private TrytonDeployment() {}

    /// The built-in bundle with Tryton's contract beside the demo CRM's, and with every tool in every workflow.
    public static BundleFolder bundle(Path target) {
        BundleFolder bundle = BundleFolder.copy("default", target).untested().generous();
        BundleFolder.copy("tryton", target);
        for (String file : List.of("sales", "support", "finance")) {
            bundle.replace("workflows/" + file + ".yaml", "(?m)^ {4}tools: \\[[^\\]]*\\]\n", "");
        }
        return bundle;
    }

    /// A configuration that connects the Tryton at `endpoint`.
    public static Configuration configuration(Path data, BundleFolder bundle, URI endpoint) throws IOException {
        storePassword(data);
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

    /// The same as a configuration file beside `data`, for a launched gateway.
    public static Path file(Path data, BundleFolder bundle, URI endpoint) throws IOException {
        storePassword(data);
        return Files.writeString(data.resolveSibling("tryton.yaml"), """
                bundle: %s
                systems:
                  - {id: tryton, connector: tryton, url: '%s', user: admin, credential: tryton}
                """.formatted(bundle.path(), endpoint));
    }

    @RevealsSecret("the deployment keeps it in a file")
    private static void storePassword(Path data) throws IOException {
        Path secret = data.resolve("secrets").resolve("tryton");
        Files.createDirectories(secret.getParent());
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, TrytonServer.password().reveal());
    }
}
