// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import dev.tollgate.app.Configuration;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A gateway with an egress proxy, and places outside that its bundle names.
///
/// @param crm     reached through a tunnel, as `crm.test`
/// @param kb      reached in the clear, as `kb.test`, below `/articles`
/// @param names   what the proxy asks for addresses
record Ground(Path folder, Outside crm, Outside kb, Names names, MovingClock clock, GatewayUnderTest gateway)
        implements AutoCloseable {
    static final String AGENT = "sales-copilot";

    static Ground open(Path folder) throws IOException {
        return open(folder, "127.0.0.1");
    }

    /// With a proxy that listens on another address of this machine.
    static Ground open(Path folder, String address) throws IOException {
        Outside crm = Outside.sealed(folder, "crm.test", "the crm");
        Outside kb = Outside.plain("127.0.0.1", "the knowledge base");
        Names names = new Names().answer("crm.test", "127.0.0.1").answer("kb.test", "127.0.0.1");
        MovingClock clock = new MovingClock();
        Configuration local = GatewayUnderTest.withBundle(
                GatewayUnderTest.embedded(folder.resolve("data")), bundle(folder, crm.port(), kb.port()));
        Configuration configuration = at(local, new Configuration.Listen(address, 0));
        return new Ground(folder, crm, kb, names, clock, GatewayUnderTest.start(configuration, clock, names));
    }

    private static Configuration at(Configuration from, Configuration.Listen place) {
        return new Configuration(
                place,
                from.data(),
                from.bundle(),
                from.store(),
                from.secrets(),
                from.systems(),
                from.demo(),
                from.log(),
                from.telemetry(),
                from.console(),
                from.fixtures(),
                Optional.of(place),
                from.models());
    }

    private static BundleFolder bundle(Path folder, int crm, int kb) {
        return BundleFolder.copy("default", folder.resolve("bundle"))
                .generous()
                .replace("egress.yaml", "(?s)^.*$", """
                        endpoints:
                          - {name: crm-api, url: 'https://crm.test:CRM', internal: true}
                          - {name: kb-api, url: 'http://kb.test:KB', methods: [GET, POST], paths: [/articles], internal: true}
                          - {name: warehouse-read-only, url: 'https://warehouse.test:CRM', internal: true}
                          - {name: partner-api, url: 'https://partner.test:CRM'}
                          - {name: meta-api, url: 'http://meta.test', methods: [GET], paths: [/], internal: true}
                        """.replace("CRM", Integer.toString(crm))
                        .replace("KB", Integer.toString(kb)))
                .replace(
                        "zones.yaml",
                        "(?s)(id: tier2-internal-assist.*?)egress: \\[crm-api, kb-api]",
                        "$1egress: [crm-api, kb-api, partner-api, meta-api]");
    }

    /// The bundle without a place that the proxy may reach.
    BundleFolder closed() {
        return new BundleFolder(folder.resolve("bundle"))
                .replace("zones.yaml", "egress: \\[crm-api, kb-api, partner-api, meta-api]", "egress: [kb-api]");
    }

    /// A token of the agent that these tests are about.
    String token() {
        return gateway.bearer(Ask.as(AGENT, "alice", "prepare-sales-call"));
    }

    Curl curl() {
        return Curl.through(gateway.egressPort(), token());
    }

    /// Entries of a kind that are about the proxy.
    List<JsonNode> entries(String kind) {
        return LogEntries.of(gateway).of(kind).stream()
                .filter(entry -> entry.path("call").path("system").asString("").equals("egress")
                        || entry.has("traffic")
                        || entry.path("tool").asString("").equals("egress"))
                .toList();
    }

    @Override
    public void close() {
        gateway.close();
        crm.close();
        kb.close();
    }
}
