// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.store.StoreFailure.Kind;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Turns what the drivers throw into what callers may conclude from it.
final class Failures {
    /// Enough of a statement to find it in the code.
    private static final int SQL_CHARS_MAX = 160;

    private Failures() {}

    static StoreFailure of(SQLException thrown, String doing) {
        return failure(kind(thrown), thrown, doing);
    }

    /// A commit that threw. Only where the database itself said no is the outcome known.
    static StoreFailure ofCommit(SQLException thrown, String doing) {
        Kind kind = kind(thrown);
        boolean known = switch (kind) {
            case CONFLICT -> true;
            // SQLite: the last frame, which carries the commit mark, was not written whole. PostgreSQL: an
            // error before the commit record.
            case FULL -> true;
            // SQLite keeps the transaction open and says so; PostgreSQL may have committed before the silence.
            case TIMEOUT -> thrown instanceof SQLiteException;
            case UNREACHABLE, BROKEN, UNKNOWN_OUTCOME -> false;
        };
        return failure(known ? kind : Kind.UNKNOWN_OUTCOME, thrown, doing);
    }

    private static StoreFailure failure(Kind kind, SQLException thrown, String doing) {
        String place = doing.length() <= SQL_CHARS_MAX ? doing : doing.substring(0, SQL_CHARS_MAX) + "…";
        return new StoreFailure(kind, "the store failed at `" + place + "` (" + kind + ", code " + code(thrown) + ")");
    }

    private static String code(SQLException thrown) {
        if (thrown instanceof SQLiteException sqlite) {
            return sqlite.getResultCode().name();
        }
        String state = thrown.getSQLState();
        return state == null ? "none" : state;
    }

    private static Kind kind(SQLException thrown) {
        if (thrown instanceof SQLiteException sqlite) {
            return sqliteKind(sqlite.getResultCode());
        }
        if (thrown instanceof SQLTransientConnectionException) {
            return Kind.UNREACHABLE;
        }
        String state = thrown.getSQLState();
        if (state == null) {
            return thrown instanceof SQLTimeoutException ? Kind.TIMEOUT : Kind.BROKEN;
        }
        return postgresKind(state);
    }

    private static Kind sqliteKind(SQLiteErrorCode code) {
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            // The shared index of the write-ahead log cannot grow: the disk is full.
            return Kind.FULL;
        }
        int primary = code.code & 0xff;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return Kind.FULL;
        }
        if (primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
            return Kind.CONFLICT;
        }
        if (primary == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
            return Kind.UNREACHABLE;
        }
        boolean waited = primary == SQLiteErrorCode.SQLITE_BUSY.code
                || primary == SQLiteErrorCode.SQLITE_LOCKED.code
                || primary == SQLiteErrorCode.SQLITE_INTERRUPT.code;
        return waited ? Kind.TIMEOUT : Kind.BROKEN;
    }

    /// SQLSTATE classes, PostgreSQL 18 appendix A.
    private static Kind postgresKind(String state) {
        if (state.startsWith("23") || state.startsWith("40")) {
            return Kind.CONFLICT;
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.equals("53300")) {
            return Kind.UNREACHABLE;
        }
        if (state.equals("57014") || state.equals("55P03") || state.startsWith("25P0")) {
            return Kind.TIMEOUT;
        }
        return state.equals("53100") ? Kind.FULL : Kind.BROKEN;
    }
}
