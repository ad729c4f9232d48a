// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms.testing;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Checks a law on many random cases. A failure names the seed; `-Dtollgate.seed=N` runs that seed first.
public final class Property {
    /// Cases a law is tried on, unless it asks for more.
    private static final int CASES = 500;

    private Property() {}

    /// Tries `law` on cases that `make` draws.
    public static <T> void forAll(Function<RandomGenerator, T> make, Consumer<T> law) {
        forAll(CASES, make, law);
    }

    /// Tries `law` on `cases` cases that `make` draws.
    public static <T> void forAll(int cases, Function<RandomGenerator, T> make, Consumer<T> law) {
        long first = Long.getLong("tollgate.seed", 20_261_121L);
        for (int at = 0; at < cases; at++) {
            long seed = first + at;
            try {
                law.accept(make.apply(random(seed)));
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(
                        "the law fails for -Dtollgate.seed=" + seed + ": " + failed.getMessage(), failed);
            }
        }
    }

    /// A seeded source of randomness.
    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
