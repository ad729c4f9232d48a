// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.store.StoreFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second wall between tenants: row-level security on every table of PostgreSQL whose rows are a tenant's, so that
/// a statement that forgets its clause sees nothing of another tenant (docs/adr/0030).
final class TenantWall {
    private static final Logger LOG = LoggerFactory.getLogger(TenantWall.class);

    static final String SCRIPT = "db/postgres/tenant_wall.sql";

    /// Whether the role goes through walls, and how many tables with a tenant have none.
    private static final String STANDS = """
            select (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as bypassed,
              (select count(distinct c.oid) from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                and a.attname in ('tenant', 'tenant_id') and not a.attisdropped
                and not (c.relrowsecurity and c.relforcerowsecurity)) as missing
            """;

    private TenantWall() {}

    /// Raises the wall on every table that has none yet. Runs with the migrations, as the owner of the tables.
    static void raise(Connection open) throws SQLException {
        try (InputStream script = TenantWall.class.getResourceAsStream("/" + SCRIPT);
                Statement statement = open.createStatement()) {
            if (script == null) {
                throw new IllegalStateException("this build has no wall between tenants");
            }
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unread) {
            throw new IllegalStateException("the wall between tenants cannot be read", unread);
        }
    }

    /// Looks whether the wall stands for the role that is connected.
    ///
    /// @param required whether a store without the wall is not opened
    /// @throws StoreFailure when it must stand and does not
    static void inspect(Connection open, boolean required) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet result = statement.executeQuery(STANDS)) {
            result.next();
            boolean bypassed = result.getBoolean("bypassed");
            long missing = result.getLong("missing");
            if (!bypassed && missing == 0) {
                return;
            }
            String why = bypassed
                    ? "the role is a superuser or bypasses row-level security"
                    : "tables with a tenant that have no row-level security: " + missing;
            if (required) {
                throw new StoreFailure(Kind.BROKEN, "the wall between tenants does not stand: " + why);
            }
            LOG.atWarn().addKeyValue("cause", why).log("the second wall between tenants does not stand");
        }
    }
}
