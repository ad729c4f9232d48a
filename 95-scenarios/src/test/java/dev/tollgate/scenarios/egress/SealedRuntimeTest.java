// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A runtime that somebody took over, in a network of its own with one cable to the gate: it obeys no
/// proxy variable and tries everything.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealedRuntimeTest {
    private static final String PASSWORD = "connectors-own";

    /// curl could not resolve a name, could not connect, was answered with nothing.
    private static final int NO_NAME = 6;

    private static final int NO_CONNECTION = 7;
    private static final int NOTHING_SAID = 52;

    @TempDir
    private static Path folder;

    private Cell cell;
    private Ground ground;
    private EmbeddedPostgres database;

    @BeforeAll
    void open() throws Exception {
        cell = Cell.make();
        ground = Ground.open(folder, cell.gate());
        database = EmbeddedPostgres.builder().start();
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table contact as select 1 as id, 'private' as email");
            statement.execute("create role connector login password '" + PASSWORD + "'");
            statement.execute("grant select on contact to connector");
            try (ResultSet file = statement.executeQuery("show hba_file")) {
                file.next();
                Path rules = Path.of(file.getString(1));
                Files.writeString(rules, "host all connector 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
            }
            statement.execute("select pg_reload_conf()");
        }
    }

    @AfterAll
    void close() throws IOException {
        ground.close();
        database.close();
        cell.close();
    }

    private Curl runtime() {
        return new Curl(cell.enter(), cell.gate() + ":" + ground.gateway().egressPort(), ground.token());
    }

    /// Every address of this machine but the gate's end of the cable, and some of the world.
    private List<String> elsewhere() throws IOException {
        List<String> addresses = new ArrayList<>(List.of("127.0.0.1", "192.0.2.1", "1.1.1.1", "169.254.169.254"));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address.getAddress().length == 4)
                .map(InetAddress::getHostAddress)
                .filter(address -> !address.equals(cell.gate()))
                .forEach(addresses::add);
        return addresses;
    }

    @Test
    @Requirement("S2-19")
    void from_there_the_gate_is_reached_and_through_it_what_the_zone_names() {
        // When
        Curl.Ended door = runtime()
                .run(
                        "--noproxy",
                        "*",
                        "http://" + cell.gate() + ":" + ground.gateway().port() + "/health/live");
        Curl.Ended crm = runtime().run("-k", "https://crm.test:" + ground.crm().port() + "/v2/contacts");

        // Then
        assertThat(door.status()).as(door.text()).isEqualTo(200);
        assertThat(crm.status()).as(crm.text()).isEqualTo(200);
    }

    @Test
    @Requirement("S2-19")
    void from_there_no_database_no_machine_and_no_name_service_is_reached() throws IOException {
        // Given a database that is there, for those who may go to it
        String here = "http://127.0.0.1:" + database.getPort() + "/";
        assertThat(new Curl(List.of(), "none", "").run("--noproxy", "*", here).exit())
                .isEqualTo(NOTHING_SAID);

        for (String address : elsewhere()) {
            // When
            Curl.Ended direct =
                    runtime().run("--noproxy", "*", "-m", "3", "http://" + address + ":" + database.getPort() + "/");
            Curl.Ended named = runtime().run("--noproxy", "*", "-m", "3", "http://" + address + ":53/");

            // Then
            assertThat(direct.exit()).as(address + direct.text()).isEqualTo(NO_CONNECTION);
            assertThat(named.exit()).as(address + named.text()).isEqualTo(NO_CONNECTION);
        }
        Curl.Ended atGate = runtime().run("--noproxy", "*", "http://" + cell.gate() + ":" + database.getPort() + "/");
        Curl.Ended world = runtime().run("--noproxy", "*", "-m", "10", "https://attacker.example.com/");
        assertThat(atGate.exit()).as(atGate.text()).isEqualTo(NO_CONNECTION);
        assertThat(world.exit()).as(world.text()).isIn(NO_NAME, 28);
    }

    @Test
    @Requirement("S2-19")
    void through_the_gate_the_database_is_not_reached_either() {
        // Given
        int asked = ground.names().asked().size();

        for (String host : List.of("127.0.0.1", "localhost", "crm.test", cell.gate())) {
            // When
            Curl.Ended tunnel = runtime().run("-p", "http://" + host + ":" + database.getPort() + "/");

            // Then
            assertThat(tunnel.connect()).as(tunnel.text()).isEqualTo(403);
        }
        assertThat(ground.names().asked()).hasSize(asked);
    }

    @Test
    @Requirement("S2-19")
    void the_database_refuses_all_that_the_runtime_holds_even_to_whoever_can_reach_it() throws SQLException {
        // Given
        String url = "jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres";
        try (Connection connector = DriverManager.getConnection(url, "connector", PASSWORD);
                Statement statement = connector.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from contact")) {
            assertThat(rows.next()).isTrue();
        }

        for (String presented : List.of(ground.token(), "", "guessed")) {
            // Then
            assertThatThrownBy(() -> DriverManager.getConnection(url, "connector", presented))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }
}
