// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import dev.tollgate.app.Access;
import dev.tollgate.app.Configuration;
import dev.tollgate.identity.svid.SvidVerifier;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.TrustDomain;
import dev.tollgate.scenarios.harness.TrustDomain.Workload;
import dev.tollgate.terms.Confirmation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gateway that speaks TLS and takes the workloads of one trust domain.
final class TlsGround implements AutoCloseable {
    static final String NAMED = "Amber Robotics AG";
    static final String AGENT = "spiffe://crm.example/agents/sales-copilot";

    final MovingClock clock = new MovingClock();
    final TrustDomain home = new TrustDomain("crm.example", clock.instant());
    final Workload agent = home.workload(AGENT);
    final Path folder;
    final GatewayUnderTest gateway;

    TlsGround(Path folder) throws IOException {
        this.folder = folder;
        home.server(folder.resolve("tls.pem"), folder.resolve("tls.key"));
        home.bundle(folder.resolve("crm.pem"));
        gateway = GatewayUnderTest.start(configuration("data", false), clock);
    }

    Configuration configuration(String data, boolean required) {
        Access.Tls tls = new Access.Tls(
                folder.resolve("tls.pem"),
                folder.resolve("tls.key"),
                required,
                Map.of("crm.example", folder.resolve("crm.pem")));
        return GatewayUnderTest.embedded(folder.resolve(data)).letting(new Access(false, List.of(), Optional.of(tls)));
    }

    Visitor as(Workload... shown) {
        return new Visitor(gateway.port(), Optional.of(home.client(shown)));
    }

    String token(Confirmation cnf) {
        return "Authorization: Bearer "
                + gateway.bearer(
                        Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read"), cnf);
    }

    static Confirmation bound(Workload to) {
        return Confirmation.ofCertificate(SvidVerifier.thumbprint(to.certificate()));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
