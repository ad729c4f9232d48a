// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.secrets.SigningKeys.Purpose;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import java.util.HashMap;
import java.util.Map;

/// Where the signing keys of a deployment are kept, and how they change. A key goes through three slots: it is made
/// as the next one, which every node accepts and publishes once it has started again; it is promoted, which makes it
/// sign while the one before it is still accepted; and the one before it is retired when nothing that it signed is
/// valid any more. So no node ever meets a signature of a key that it does not know.
///
/// The key of the audit log never changes: who keeps a checkpoint knows the log by it.
public interface KeyHome extends AutoCloseable {
    /// Where a key of a purpose is. Closed.
    enum Slot {
        /// Signs from the next promotion on.
        NEXT,
        /// Signs.
        CURRENT,
        /// Signed until the last promotion.
        OLD
    }

    /// Refused: what is asked for does not fit where the keys are.
    final class OutOfTurn extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        /// @param why one sentence that says what to do
        public OutOfTurn(String why) {
            super(why);
        }
    }

    /// The key that signs; made at the first call.
    SigningKey openOrCreate(Purpose purpose);

    /// The keys of a purpose whose signatures count, by slot.
    Map<Slot, VerifyingKey> accepted(Purpose purpose);

    /// Makes the next key.
    ///
    /// @throws OutOfTurn when there is one, or the purpose's key never changes
    VerifyingKey rotate(Purpose purpose);

    /// Makes the next key the one that signs.
    ///
    /// @throws OutOfTurn when there is none
    VerifyingKey promote(Purpose purpose);

    /// Forgets the key before the one that signs.
    ///
    /// @throws OutOfTurn when there is none
    void retire(Purpose purpose);

    /// Lets go of what the keys are in.
    @Override
    void close();

    /// The same keys by their ids, as verifiers look them up.
    default Map<String, VerifyingKey> byId(Purpose purpose) {
        Map<String, VerifyingKey> keys = new HashMap<>();
        accepted(purpose).values().forEach(key -> keys.put(key.keyId(), key));
        return Map.copyOf(keys);
    }

    /// Refuses to change the key of the log.
    static void changeable(Purpose purpose) {
        if (purpose == Purpose.LOG) {
            throw new OutOfTurn("the audit log is known by its key: it stays as long as the log");
        }
    }
}
