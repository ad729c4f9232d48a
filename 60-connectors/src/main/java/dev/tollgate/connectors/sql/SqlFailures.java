// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Set;

/// What an SQL exception means. Read from its state and never from its text, which quotes values.
final class SqlFailures {
    /// A parameter's text is no value of the column's type: the row that it names cannot exist.
    private static final Set<String> NO_SUCH_VALUE = Set.of("22P02", "22003", "22007", "22008", "22021");

    private static final int CAUSES_MAX = 8;

    private SqlFailures() {}

    static boolean noSuchValue(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && NO_SUCH_VALUE.contains(state);
    }

    /// Whether there is no such column.
    static boolean noSuchColumn(SQLException failed) {
        return "42703".equals(failed.getSQLState());
    }

    /// Whether the database itself said no to a commit, and so undid it.
    static boolean refused(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && (state.startsWith("23") || state.startsWith("40") || state.startsWith("P0"));
    }

    /// Whether the connection is of no more use.
    static boolean lost(SQLException failed) {
        String state = failed.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    static UpstreamBroken of(SQLException failed) {
        return new UpstreamBroken(why(failed));
    }

    private static Why why(SQLException failed) {
        if (timedOut(failed)) {
            return Why.TIMEOUT;
        }
        String state = failed.getSQLState();
        if (state == null) {
            return Why.GARBAGE;
        }
        if (state.equals("57014")) {
            return Why.TIMEOUT;
        }
        return switch (state.substring(0, 2)) {
            case "08", "53", "57", "58" -> Why.UNREACHABLE;
            case "0A" -> Why.UNSUPPORTED;
            default -> Why.REJECTED;
        };
    }

    private static boolean timedOut(SQLException failed) {
        Throwable cause = failed;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
