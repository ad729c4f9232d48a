// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.person;

import dev.tollgate.store.Store;
import dev.tollgate.terms.UserId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The passkeys of people, in the store that all nodes share.
public final class Passkeys {
    /// Passkeys of one person: a few devices and a spare.
    public static final int PER_USER_MAX = 10;

    private final Store store;
    private final InstantSource clock;

    public Passkeys(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// One passkey.
    ///
    /// @param credential its id, base64url
    /// @param user       whose
    /// @param source     attested credential data, base64url
    /// @param counter    how often its authenticator had signed, where that counts
    public record Passkey(String credential, UserId user, String source, long counter) {}

    /// Keeps a passkey and uses the code up, or does neither.
    ///
    /// @return whether the code still worked and there was room
    public boolean enrol(String code, Passkey passkey) {
        return store.write(session -> {
            session.lock("passkeys/" + passkey.user());
            boolean room = of(session, passkey.user()).size() < PER_USER_MAX;
            if (!room || !Codes.use(session, code, passkey.user(), clock.instant())) {
                return false;
            }
            return session.update(
                            "insert into console_passkey (credential, user_id, source, counter, enrolled_at)"
                                    + " values (?, ?, ?, ?, ?) on conflict do nothing",
                            passkey.credential(),
                            passkey.user().value(),
                            passkey.source(),
                            passkey.counter(),
                            clock.instant())
                    == 1;
        });
    }

    /// A passkey by its id.
    public Optional<Passkey> find(String credential) {
        return store.read(session -> session.one(
                        "select credential, user_id, source, counter from console_passkey where credential = ?",
                        credential)
                .map(Passkeys::passkey));
    }

    /// The passkeys of a person.
    public List<Passkey> of(UserId user) {
        return store.read(session -> of(session, user));
    }

    /// Whether nobody has one yet.
    public boolean none() {
        return store.read(session ->
                session.query("select 1 as one from console_passkey limit 1").isEmpty());
    }

    /// Notes that a passkey signed. A counter that went back means a copy of the key: then it is not used.
    ///
    /// @return whether the counter is one that the authenticator itself would have sent
    public boolean used(Passkey passkey, long counter) {
        return store.write(session -> session.update(
                        "update console_passkey set counter = ?, used_at = ? where credential = ?"
                                + " and (counter < ? or (counter = 0 and 0 = ?))",
                        counter,
                        clock.instant(),
                        passkey.credential(),
                        counter,
                        counter)
                == 1);
    }

    private static List<Passkey> of(Store.Session session, UserId user) {
        return session
                .query(
                        "select credential, user_id, source, counter from console_passkey where user_id = ?"
                                + " order by enrolled_at, credential",
                        user.value())
                .stream()
                .map(Passkeys::passkey)
                .toList();
    }

    private static Passkey passkey(Store.Record row) {
        return new Passkey(
                row.text("credential"), new UserId(row.text("user_id")), row.text("source"), row.number("counter"));
    }
}
