// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Bool;
import dev.tollgate.cedar.CedarValue.Datetime;
import dev.tollgate.cedar.CedarValue.Decimal;
import dev.tollgate.cedar.CedarValue.Duration;
import dev.tollgate.cedar.CedarValue.Int;
import dev.tollgate.cedar.CedarValue.Ip;
import dev.tollgate.cedar.CedarValue.Str;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls the extension functions with evaluated arguments; null is a failure whose kind is in the work.
final class Extensions {
    private Extensions() {}

    static @Nullable CedarValue call(Extension function, List<CedarValue> arguments, Work work) {
        if (arguments.size() != function.arity()) {
            return work.fail(ErrorKind.ARITY);
        }
        CedarValue first = arguments.getFirst();
        CedarValue second = arguments.getLast();
        return switch (function) {
            case DECIMAL, IP, DATETIME, DURATION -> construct(function, first, work);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                first instanceof Decimal one && second instanceof Decimal other
                        ? Bool.of(ordered(function, one.compareTo(other)))
                        : work.fail(ErrorKind.TYPE);
            case IS_IPV4, IS_IPV6, IS_LOOPBACK, IS_MULTICAST ->
                first instanceof Ip ip ? Bool.of(kind(function, ip)) : work.fail(ErrorKind.TYPE);
            case IS_IN_RANGE ->
                first instanceof Ip inner && second instanceof Ip outer
                        ? Bool.of(IpText.isInRange(inner, outer))
                        : work.fail(ErrorKind.TYPE);
            case OFFSET -> offset(first, second, work);
            case DURATION_SINCE -> durationSince(first, second, work);
            case TO_DATE, TO_TIME ->
                first instanceof Datetime when ? part(function, when, work) : work.fail(ErrorKind.TYPE);
            case TO_MILLISECONDS, TO_SECONDS, TO_MINUTES, TO_HOURS, TO_DAYS ->
                first instanceof Duration duration
                        ? new Int(duration.millis() / unit(function))
                        : work.fail(ErrorKind.TYPE);
        };
    }

    private static @Nullable CedarValue construct(Extension function, CedarValue argument, Work work) {
        if (!(argument instanceof Str text)) {
            return work.fail(ErrorKind.TYPE);
        }
        CedarValue made = parse(function, text.value());
        return made == null ? work.fail(ErrorKind.NOT_A_LITERAL) : made;
    }

    private static @Nullable CedarValue parse(Extension function, String text) {
        return switch (function) {
            case DECIMAL -> DecimalText.read(text);
            case IP -> IpText.read(text);
            case DATETIME -> TimeText.datetime(text);
            case DURATION -> TimeText.duration(text);
            default -> throw new IllegalStateException("not a constructor");
        };
    }

    private static boolean ordered(Extension function, int order) {
        return switch (function) {
            case LESS_THAN -> order < 0;
            case LESS_THAN_OR_EQUAL -> order <= 0;
            case GREATER_THAN -> order > 0;
            case GREATER_THAN_OR_EQUAL -> order >= 0;
            default -> throw new IllegalStateException("not an order");
        };
    }

    private static boolean kind(Extension function, Ip ip) {
        return switch (function) {
            case IS_IPV4 -> ip.v4();
            case IS_IPV6 -> !ip.v4();
            case IS_LOOPBACK -> IpText.isLoopback(ip);
            case IS_MULTICAST -> IpText.isMulticast(ip);
            default -> throw new IllegalStateException("not a kind");
        };
    }

    private static @Nullable CedarValue offset(CedarValue first, CedarValue second, Work work) {
        if (!(first instanceof Datetime from) || !(second instanceof Duration by)) {
            return work.fail(ErrorKind.TYPE);
        }
        long a = from.epochMillis();
        long b = by.millis();
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? work.fail(ErrorKind.OVERFLOW) : new Datetime(sum);
    }

    private static @Nullable CedarValue durationSince(CedarValue first, CedarValue second, Work work) {
        if (!(first instanceof Datetime to) || !(second instanceof Datetime from)) {
            return work.fail(ErrorKind.TYPE);
        }
        long a = to.epochMillis();
        long b = from.epochMillis();
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? work.fail(ErrorKind.OVERFLOW) : new Duration(difference);
    }

    /// The midnight before, also in years before 1970, or the time since it.
    private static @Nullable CedarValue part(Extension function, Datetime when, Work work) {
        long sinceMidnight = Math.floorMod(when.epochMillis(), TimeText.DAY_MILLIS);
        if (function == Extension.TO_TIME) {
            return new Duration(sinceMidnight);
        }
        long midnight = when.epochMillis() - sinceMidnight;
        return midnight > when.epochMillis() ? work.fail(ErrorKind.OVERFLOW) : new Datetime(midnight);
    }

    private static long unit(Extension function) {
        return switch (function) {
            case TO_MILLISECONDS -> 1;
            case TO_SECONDS -> TimeText.SECOND_MILLIS;
            case TO_MINUTES -> TimeText.MINUTE_MILLIS;
            case TO_HOURS -> TimeText.HOUR_MILLIS;
            case TO_DAYS -> TimeText.DAY_MILLIS;
            default -> throw new IllegalStateException("not a unit");
        };
    }
}
