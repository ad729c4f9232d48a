// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.audit.AuditQuestions;
import dev.tollgate.audit.AuditReport;
import dev.tollgate.console.access.AccessBook;
import dev.tollgate.governance.journal.RollbackDesk;
import dev.tollgate.policy.Bundles;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.SealedSecrets;
import dev.tollgate.secrets.SealingKeys;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.testing.Property;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Rooms of a deployment that has nothing but secrets and keys.
final class FakeRooms implements Rooms {
    /// What was opened or asked for, in order.
    final List<String> asked = new ArrayList<>();

    final SealedSecrets secrets;
    final KeyHome keys;
    Optional<RuntimeException> failure = Optional.empty();

    FakeRooms(Path folder) {
        secrets = new SealedSecrets(
                folder.resolve("secrets.sealed"),
                new SealingKeys(folder.resolve("keys")).openOrCreate("secrets"),
                Property.random(5));
        keys = new SigningKeys(folder.resolve("keys"), CryptoProviders.best());
    }

    @Override
    public Running up(Where where, OptionalInt port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void warmUp() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String token(Where where, Asked token) {
        failure.ifPresent(broken -> {
            throw broken;
        });
        asked.add(token.agent() + " for " + token.user() + " " + token.scopes().size() + " scopes, "
                + token.life().toSeconds() + " s");
        return "a.bearer.token";
    }

    @Override
    public dev.tollgate.cli.scenarios.Stage stage(Map<String, String> contracts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Workbench open(Where where) {
        asked.add("open");
        return new Bench();
    }

    private final class Bench implements Workbench {
        @Override
        public Bundles bundles() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AuditQuestions questions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AuditReport verify(List<String> witnessed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int erase(String subject, String by, String reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String draft(String system) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RollbackDesk rollbacks() {
            throw new UnsupportedOperationException();
        }

        @Override
        public People people() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AccessBook access() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SealedSecrets secrets() {
            return secrets;
        }

        @Override
        public KeyHome keys() {
            return keys;
        }

        @Override
        public void keysChanged(String by, String step, String key) {
            asked.add(by + ": " + step + (key.isEmpty() ? "" : " " + key.substring(0, key.indexOf('-'))));
        }

        @Override
        public Optional<String> agentProof(String agent) {
            return Optional.empty();
        }

        @Override
        public Optional<String> personProof(String user) {
            return Optional.empty();
        }

        @Override
        public Optional<String> enrol(String user) {
            return Optional.empty();
        }

        @Override
        public void close() {
            asked.add("close");
        }
    }
}
