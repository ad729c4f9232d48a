// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Ids that sort by time, as UUIDs of version 7 do: 48 bits of milliseconds and 80 random bits, in hex. A database
/// appends them, where it would scatter random ones; nobody guesses one.
public final class SortableId {
    private static final int MILLIS_BITS = 48;
    private static final int RANDOM_BYTES = 10;

    private SortableId() {}

    /// The moment of an id, to the millisecond.
    ///
    /// @throws IllegalArgumentException when it is not one
    public static Instant moment(String id) {
        Require.require(id.length() == (MILLIS_BITS / 4) + 2 * RANDOM_BYTES, "an id begins with its moment");
        return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(id, 0, MILLIS_BITS / 4));
    }

    /// An id for this moment.
    public static String at(Instant moment, RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        long millis = moment.toEpochMilli() & ((1L << MILLIS_BITS) - 1);
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(millis, MILLIS_BITS / 4) + hex.formatHex(bytes);
    }
}
