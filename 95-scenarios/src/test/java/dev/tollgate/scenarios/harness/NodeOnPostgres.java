// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.app.Configuration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/// Nodes of one deployment: each with a folder and a log of its own, on the database of all.
public final class NodeOnPostgres {
    private NodeOnPostgres() {}

    /// A node whose folder is `data`, as the server's superuser.
    public static Configuration in(Path data, EmbeddedPostgres postgres) throws IOException {
        return in(data, new Configuration.Database.Postgres(url(postgres), "postgres", "database"), "postgres");
    }

    /// The same in a role of its own, which the wall between tenants holds and which must be so.
    public static Configuration walled(Path data, EmbeddedPostgres postgres) throws IOException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role tollgate login nosuperuser nobypassrls password 'tollgate'");
            statement.execute("create database tollgate owner tollgate");
        } catch (SQLException broken) {
            throw new IOException(broken);
        }
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/tollgate";
        return in(data, new Configuration.Database.Postgres(url, "tollgate", "database", true), "tollgate");
    }

    /// A node on a database of the test's own.
    public static Configuration in(Path data, Configuration.Database.Postgres database, String password)
            throws IOException {
        Path secrets = data.resolve("secrets");
        Files.createDirectories(
                secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path secret = secrets.resolve("database");
        Files.writeString(secret, password);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Configuration embedded = GatewayUnderTest.embedded(data);
        return new Configuration(
                embedded.listen(),
                data,
                embedded.bundle(),
                database,
                embedded.secrets(),
                embedded.systems(),
                embedded.demo(),
                embedded.log(),
                embedded.telemetry(),
                embedded.fixtures());
    }

    /// Where the database of all is.
    public static String url(EmbeddedPostgres postgres) {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    /// Both nodes are one deployment: they sign and verify with the same keys.
    public static void shareKeys(Path from, Path to) throws IOException {
        try (Stream<Path> keys = Files.walk(from.resolve("keys"))) {
            for (Path key : keys.toList()) {
                Path copy = to.resolve("keys")
                        .resolve(from.resolve("keys").relativize(key).toString());
                Files.copy(key, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
