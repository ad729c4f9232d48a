// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.store.Micros;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.ValueHandle;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stand-ins for values (requirement B-6): an agent that may not see an address can still say where a message goes.
/// A handle is a keyed digest of the value within its tenant, task and class: equal values correlate there and
/// nowhere else, and nobody without the tenant's key can try values. The store keeps where the value stands, never the
/// value: it is read again, within the rules of the task, when a sink resolves the handle. Safe for many threads.
public final class Handles {
    private static final Logger LOG = LoggerFactory.getLogger(Handles.class);

    /// How long a handle lasts after it was last shown: a working day. Its task seldom lives longer.
    public static final Duration LIFE = Duration.ofHours(12);

    /// Rows that one clean-up removes at most.
    private static final int FORGET_MAX = 1_000;

    /// 144 bits: no two values of a task meet by chance, and nobody guesses one.
    private static final int TAG_BYTES = 18;

    private static final String ALGORITHM = "HmacSHA256";

    private final Store store;
    private final SecretKey key;
    private final InstantSource clock;

    /// @param store shared by every node of the deployment
    /// @param key   of the deployment: 32 bytes; the keys of tenants are drawn from it
    public Handles(Store store, SecretKey key, InstantSource clock) {
        this.store = store;
        this.key = key;
        this.clock = clock;
    }

    /// Where a value stands.
    public record Place(SystemId system, FieldPath field, RecordId record) {}

    /// A value that is about to be shown by its handle.
    public record Wanted(Place place, String dataClass, Value value) {}

    /// The handles of some values, in their order. They are durable when this returns. Refuses with `Undecidable` when
    /// the store cannot keep them.
    public Step<List<ValueHandle>> of(Principal who, List<Wanted> wanted) {
        List<ValueHandle> handles = new ArrayList<>(wanted.size());
        List<List<Object>> rows = new ArrayList<>(wanted.size());
        String scope = scope(who);
        long expires = Micros.of(clock.instant().plus(LIFE));
        byte[] tenant = tenantKey(who);
        for (Wanted one : wanted) {
            ValueHandle handle = handle(tenant, who, one);
            handles.add(handle);
            Place place = one.place();
            rows.add(List.of(
                    handle.text(),
                    scope,
                    place.system().value(),
                    place.field().object(),
                    place.field().field(),
                    place.record().value(),
                    expires));
        }
        if (rows.isEmpty()) {
            return Step.pass(handles);
        }
        try {
            store.write(session -> session.updateEach(
                    "insert into value_handle (handle, scope, system, object, field, record, expires)"
                            + " values (?, ?, ?, ?, ?, ?, ?) on conflict (handle, scope) do update set system ="
                            + " excluded.system, object = excluded.object, field = excluded.field,"
                            + " record = excluded.record, expires = excluded.expires",
                    rows));
            return Step.pass(handles);
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("handles cannot be kept");
            return Step.refuse(new Refusal.Undecidable("handles cannot be kept now"));
        }
    }

    /// Where the value of a handle stands, for the task that it was made for: nothing in another tenant or task, for
    /// another agent or person, or after its time. Refuses with `Undecidable` when the store cannot say.
    public Step<Optional<Place>> find(Principal who, ValueHandle handle) {
        try {
            return Step.pass(store.read(session -> session.one(
                            "select system, object, field, record from value_handle"
                                    + " where handle = ? and scope = ? and expires > ?",
                            handle.text(),
                            scope(who),
                            clock.instant()))
                    .map(row -> new Place(
                            new SystemId(row.text("system")),
                            new FieldPath(row.text("object"), row.text("field")),
                            new RecordId(row.text("record")))));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("a handle cannot be read");
            return Step.refuse(new Refusal.Undecidable("handles cannot be read now"));
        }
    }

    /// Forgets what no longer resolves, up to 1,000. Call it now and then.
    ///
    /// @return how many were forgotten
    public int forget() {
        return store.write(session -> session.update(
                "delete from value_handle where (handle, scope) in (select handle, scope from value_handle"
                        + " where expires < ? order by expires limit " + FORGET_MAX + ")",
                clock.instant()));
    }

    /// Whose it is: names of persons stay out of the store.
    private static String scope(Principal who) {
        return Digest.of(Value.texts(List.of(
                        who.tenant().value(),
                        who.agent().value(),
                        who.user().value(),
                        who.delegation().task().value())))
                .text();
    }

    private static ValueHandle handle(byte[] tenant, Principal who, Wanted one) {
        Value input = new Value.Fields(Map.of(
                "task", Value.of(who.delegation().task().value()),
                "class", Value.of(one.dataClass()),
                "value", one.value()));
        byte[] tag = Arrays.copyOf(mac(new SecretKeySpec(tenant, ALGORITHM), CanonicalJson.bytes(input)), TAG_BYTES);
        return new ValueHandle(
                ValueHandle.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(tag));
    }

    private byte[] tenantKey(Principal who) {
        return mac(
                key,
                CanonicalJson.bytes(
                        Value.texts(List.of("tenant-handles", who.tenant().value()))));
    }

    private static byte[] mac(SecretKey with, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(with);
            return mac.doFinal(bytes);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
