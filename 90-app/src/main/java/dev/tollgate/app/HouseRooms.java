// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.cli.CommandFailure;
import dev.tollgate.cli.Rooms;
import dev.tollgate.cli.Where;
import dev.tollgate.cli.Workbench;
import dev.tollgate.cli.scenarios.Stage;
import dev.tollgate.identity.Grant;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// Opens the rooms that the commands need, as the configuration says.
final class HouseRooms implements Rooms {
    private static final InstantSource CLOCK = InstantSource.system();

    @Override
    public Running up(Where where, OptionalInt port) {
        Configuration configuration = configuration(where);
        Configuration at = port.isPresent() ? configuration.on(port.getAsInt()) : configuration;
        return new Up(guarded(() -> Tollgate.start(at, CLOCK)), at);
    }

    @Override
    public Stage stage(Map<String, String> contracts) {
        return guarded(() -> new ScenarioStage(temporary("tollgate-scenarios"), contracts, CLOCK));
    }

    private static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException unwritable) {
            throw new CommandFailure("no temporary folder can be made");
        }
    }

    @Override
    public void warmUp() {
        Path folder = temporary("tollgate-warm-up");
        try {
            WarmUp.run(Configuration.embedded(folder).on(0), CLOCK);
        } finally {
            delete(folder);
        }
    }

    @Override
    public String token(Where where, Asked asked) {
        Configuration configuration = configuration(where);
        return guarded(() -> {
            try (KeyHome home = SecretRoom.keys(configuration, SecretRoom.store(configuration, CLOCK))) {
                return issue(home.openOrCreate(SigningKeys.Purpose.DELEGATION), asked);
            }
        });
    }

    static String issue(SigningKey key, Asked asked) {
        Grant grant = Grant.of(new AgentId(asked.agent()), new UserId(asked.user()), asked.scopes())
                .lasting(asked.life());
        if (asked.workflow().isPresent()) {
            grant = grant.running(new WorkflowId(asked.workflow().get()));
        }
        if (asked.step().isPresent()) {
            grant = grant.at(asked.step().get());
        }
        if (asked.caseId().isPresent()) {
            grant = grant.on(asked.caseId().get());
        }
        if (asked.customer().isPresent()) {
            grant = grant.about(asked.customer().get());
        }
        if (asked.request().isPresent()) {
            grant = grant.asking(asked.request().get());
        }
        SecureRandom random = new SecureRandom();
        if (asked.task().isPresent() || asked.session().isPresent()) {
            grant = grant.within(
                    new TaskId(asked.task().orElse("task-" + Long.toHexString(random.nextLong()))),
                    new SessionId(asked.session().orElse("session-" + Long.toHexString(random.nextLong()))));
        }
        return new TokenIssuer(key, CLOCK, random, Foundations.ISSUER, Foundations.AUDIENCE).issue(grant);
    }

    @Override
    public Workbench open(Where where) {
        Configuration configuration = configuration(where);
        return guarded(() -> new HouseWorkbench(Foundations.open(configuration, CLOCK)));
    }

    static Configuration configuration(Where where) {
        Path home = Path.of(System.getProperty("tollgate.home", "."));
        Path data = where.data().orElse(home.resolve("data"));
        if (where.config().isEmpty()) {
            return Configuration.embedded(data);
        }
        Configuration read = guarded(() -> ConfigurationFile.read(where.config().get(), data));
        return where.data().isPresent() ? read.in(data) : read;
    }

    private interface Work<T> {
        T run();
    }

    /// Turns the failures that an operator can do something about into one line.
    private static <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (ConfigurationFile.InvalidConfiguration | IllegalArgumentException | IllegalStateException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        } catch (StoreFailure failed) {
            throw new CommandFailure("the store cannot be used: " + failed.getMessage());
        } catch (UncheckedIOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()));
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException _) {
            // A temporary folder that stays behind does no harm.
        }
    }

    /// A gateway that a command started.
    private static final class Up implements Running {
        private final Tollgate tollgate;
        private final Configuration configuration;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch stopped = new CountDownLatch(1);

        Up(Tollgate tollgate, Configuration configuration) {
            this.tollgate = tollgate;
            this.configuration = configuration;
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        }

        /// SIGTERM: let the command end, and wait until everything is closed.
        private void stop() {
            asked.countDown();
            try {
                stopped.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public URI endpoint() {
            return URI.create(tollgate.url());
        }

        @Override
        public String exampleToken() {
            Set<Scope> scopes = new LinkedHashSet<>();
            for (String text :
                    new String[] {"crm:account:read", "crm:contact:read", "crm:opportunity:read", "crm:activity:read"
                    }) {
                Scope.parse(text).ifPresent(scopes::add);
            }
            return issue(
                    tollgate.signing(),
                    new Asked(
                            "sales-copilot",
                            "alice",
                            scopes,
                            Optional.of("prepare-sales-call"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Duration.ofMinutes(15)));
        }

        @Override
        public Console console() {
            return new Console(
                    tollgate.console(),
                    tollgate.firstPerson()
                            .flatMap(user -> tollgate.enrol(user).map(code -> new Enrolment(user, code))));
        }

        @Override
        public String demoOptions() {
            String port = tollgate.port() == Configuration.Listen.PORT ? "" : " --port " + tollgate.port();
            Path home = Path.of(System.getProperty("tollgate.home", "."));
            String data = configuration.data().equals(home.resolve("data")) ? "" : " --data " + configuration.data();
            return port + data;
        }

        @Override
        public void awaitStop() {
            try {
                asked.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            tollgate.close();
            stopped.countDown();
        }
    }
}
