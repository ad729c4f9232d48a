// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.store.StoreFailure.Kind;
import dev.tollgate.terms.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Brings a database's schema up to date: Flyway, with one set of scripts for both databases. A database whose mark
/// equals the digest of the scripts is up to date, and Flyway (0.3 s of every start) is not even loaded.
final class Migrations {
    private static final String FOLDER = "db/migration";
    private static final String FIRST = FOLDER + "/V0001__core.sql";

    private Migrations() {}

    /// Migrates unless the mark says that there is nothing to do.
    ///
    /// @param open   an open connection to the database
    /// @param source where Flyway gets connections of its own
    static void run(Connection open, DataSource source, Store.Database database) throws SQLException {
        String wanted = fingerprint();
        if (wanted.equals(mark(open))) {
            return;
        }
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:" + FOLDER)
                    .validateMigrationNaming(true)
                    // Each room numbers its scripts in a range of its own, so a later script may have a lower number.
                    .outOfOrder(true)
                    // A database of a newer build is refused: this one does not know what it would break.
                    .ignoreMigrationPatterns(new String[0])
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException thrown) {
            throw new StoreFailure(Kind.BROKEN, "the schema cannot be migrated (" + thrown.getErrorCode() + ")");
        }
        if (database == Store.Database.POSTGRES) {
            TenantWall.raise(open);
        }
        try (PreparedStatement mark = open.prepareStatement("update schema_mark set fingerprint = ?")) {
            mark.setString(1, wanted);
            mark.executeUpdate();
        }
    }

    /// The mark, or nothing in a database that is new.
    private static @Nullable String mark(Connection open) {
        try (PreparedStatement mark = open.prepareStatement("select fingerprint from schema_mark");
                ResultSet result = mark.executeQuery()) {
            return result.next() ? result.getString(1) : null;
        } catch (SQLException _) {
            return null;
        }
    }

    /// The digest of every script's name and bytes, and of the wall behind them.
    static String fingerprint() {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream(16_384);
            for (String script : scripts()) {
                all.write(script.getBytes(StandardCharsets.UTF_8));
                all.write(0);
                try (InputStream bytes = Migrations.class.getResourceAsStream("/" + FOLDER + "/" + script)) {
                    if (bytes != null) {
                        bytes.transferTo(all);
                    }
                }
                all.write(0);
            }
            try (InputStream wall = Migrations.class.getResourceAsStream("/" + TenantWall.SCRIPT)) {
                if (wall != null) {
                    wall.transferTo(all);
                }
            }
            return Digest.of(all.toByteArray()).text();
        } catch (IOException | URISyntaxException thrown) {
            throw new IllegalStateException("the migration scripts of this build cannot be read", thrown);
        }
    }

    private static List<String> scripts() throws IOException, URISyntaxException {
        URL first = Migrations.class.getResource("/" + FIRST);
        if (first == null) {
            throw new IOException("no scripts on the class path");
        }
        if (first.openConnection() instanceof JarURLConnection jar) {
            try (Stream<String> names = jar.getJarFile().stream().map(entry -> entry.getName())) {
                return sorted(names.filter(name -> name.startsWith(FOLDER + "/")));
            }
        }
        Path folder = Path.of(first.toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return sorted(files.map(Path::toString));
        }
    }

    private static List<String> sorted(Stream<String> names) {
        return names.filter(name -> name.endsWith(".sql"))
                .map(name -> name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))
                .sorted()
                .toList();
    }
}
