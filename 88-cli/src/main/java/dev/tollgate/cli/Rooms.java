// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.cli.scenarios.Stage;
import dev.tollgate.terms.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Opens what commands need. The composition root implements it; tests have a fake.
public interface Rooms {
    /// Starts the gateway.
    Running up(Where where, OptionalInt port);

    /// Starts a gateway on a folder of its own, makes a first agent's calls, and stops.
    void warmUp();

    /// A bearer token of this deployment.
    String token(Where where, Asked asked);

    /// Starts a gateway on a folder of its own in front of scripted systems.
    ///
    /// @param contracts by the name of the file
    Stage stage(Map<String, String> contracts);

    /// Opens the deployment's rooms without starting its doors.
    Workbench open(Where where);

    /// A gateway that runs.
    interface Running extends AutoCloseable {
        /// Where it is, for example `http://127.0.0.1:7400`.
        URI endpoint();

        /// A fresh token of the example agent; empty when the bundle has none.
        String exampleToken();

        /// Where people find the console; with a one-time code while nobody has a passkey.
        Console console();

        /// What `tollgate demo` needs to find this gateway: empty for the defaults.
        String demoOptions();

        /// Blocks until the process is asked to stop.
        void awaitStop();

        @Override
        void close();
    }

    /// The console of a gateway.
    ///
    /// @param url   where it is
    /// @param first whom to enrol first, and the one-time code for it; nobody once anybody has a passkey
    record Console(String url, Optional<Enrolment> first) {}

    /// A one-time code for a person's passkey.
    record Enrolment(String user, String code) {}

    /// What a token is asked for.
    record Asked(
            String agent,
            String user,
            Set<Scope> scopes,
            Optional<String> workflow,
            Optional<String> step,
            Optional<String> customer,
            Optional<String> caseId,
            Optional<String> task,
            Optional<String> session,
            Optional<String> request,
            Duration life) {}
}
