// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.connectors.Connector;
import dev.tollgate.connectors.Rows;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.policy.Examinations;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.util.Optional;

/// What the gateway reads for itself before a decision: each reading under a token and an entry of its own.
public record Readings(Journal journal, TokenMint mint, Connectors connectors) {
    Step<Rows> of(Assessed assessed, Examinations.Permission permission) {
        Operation reading = permission.reading();
        TokenMint.Minted minted =
                mint.mintHere(assessed.who().principal(), permission.decision(), reading, Journal.NOT_DECIDED);
        return journal.examined(assessed, reading, minted.token()).then(_ -> read(assessed, reading, minted));
    }

    private Step<Rows> read(Assessed assessed, Operation reading, TokenMint.Minted minted) {
        SystemId system = reading.target().system();
        Optional<Connector> connector =
                assessed.who().policy().bundle().catalog().contract(system).flatMap(connectors::of);
        return connector
                .map(found -> found.execute(minted.jws(), reading))
                .orElseGet(() -> Step.refuse(new Refusal.UpstreamFailed(system, "unreachable")));
    }
}
