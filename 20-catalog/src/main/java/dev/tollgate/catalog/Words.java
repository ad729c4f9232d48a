// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.Optional;
import java.util.function.Function;

/// Finds the constant behind a word of a contract.
final class Words {
    private Words() {}

    static <E> Optional<E> find(E[] constants, Function<E, String> word, String wanted) {
        for (E constant : constants) {
            if (word.apply(constant).equals(wanted)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
