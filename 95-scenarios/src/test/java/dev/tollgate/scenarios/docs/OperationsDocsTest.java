// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.house.Rooms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reference on docs/operations.md names every configuration key and every metric, and no other.
class OperationsDocsTest {
    private static final Pattern KEY = Pattern.compile("^\\| `([a-z_.\\[\\]]+)` \\|", Pattern.MULTILINE);
    private static final Pattern METRIC = Pattern.compile("^\\| `(tollgate_[a-z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern READ =
            Pattern.compile("keys\\(\\s*(?:\\w+),\\s*(?:\"([a-z_.\\[\\]]*)\"|prefix),\\s*Set\\.of\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("\"([a-z_]+)\"");
    private static final Pattern HELP = Pattern.compile("^# TYPE (tollgate_[a-z_]+) ", Pattern.MULTILINE);
    private static final Set<String> SECTIONS = Set.of(
            "listen",
            "store",
            "systems",
            "keys",
            "secrets.vault",
            "log",
            "telemetry",
            "console",
            "console.oidc",
            "egress",
            "models",
            "review",
            "identity",
            "identity.people",
            "identity.trust_domains",
            "review.dlp",
            "review.model",
            "tokens",
            "tls",
            "tls.trust");

    @Test
    void every_configuration_key_is_documented_and_no_other() throws IOException {
        // Given
        String reader =
                read("ConfigurationFile") + read("IdentityTrust") + read("AccessText") + read("ConfigurationSecrets");
        Set<String> known = new TreeSet<>();
        for (Matcher key = READ.matcher(reader); key.find(); ) {
            String prefix = key.group(1) == null ? "systems[]." : key.group(1);
            NAME.matcher(key.group(2)).results().forEach(name -> known.add(prefix + name.group(1)));
        }
        known.removeAll(SECTIONS);

        // Then
        assertThat(known).hasSizeGreaterThan(15);
        assertThat(named(KEY)).isEqualTo(known);
    }

    private static String read(String type) throws IOException {
        return Files.readString(Rooms.root().resolve("90-app/src/main/java/dev/tollgate/app/" + type + ".java"));
    }

    @Test
    void every_metric_is_documented_and_no_other(@TempDir Path data) throws IOException {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(data);
                RawHttp http = new RawHttp(gateway.port())) {
            // Given
            gateway.agent(Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read"))
                    .call("account_get", "{\"id\":\"acc_000001\"}");

            // When
            String request = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n\r\n";
            String told =
                    http.exchange(request.getBytes(StandardCharsets.US_ASCII)).text();
            Set<String> metrics = HELP.matcher(told)
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));

            // Then
            assertThat(metrics).hasSizeGreaterThan(4);
            assertThat(named(METRIC)).isEqualTo(metrics);
        }
    }

    private static Set<String> named(Pattern pattern) throws IOException {
        String page = Files.readString(Rooms.root().resolve("docs/operations.md"));
        return pattern.matcher(page)
                .results()
                .map(name -> name.group(1))
                .filter(name -> pattern == METRIC || !name.startsWith("tollgate_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
