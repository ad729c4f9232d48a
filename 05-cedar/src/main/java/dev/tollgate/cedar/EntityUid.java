// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

/// The name of an entity: a fully qualified type such as `Crm::Field` and an id such as `contact.email`.
/// Both are compared exactly, character by character. The hash is computed once: uids are looked up far more often
/// than they are made.
public final class EntityUid implements Comparable<EntityUid> {
    private final String type;
    private final String id;
    private final int hash;
    private final CedarValue.Entity value;

    /// A uid of `type` and `id`; any text is a valid id, the empty one included.
    public EntityUid(String type, String id) {
        this.type = type;
        this.id = id;
        this.hash = 31 * type.hashCode() + id.hashCode();
        this.value = new CedarValue.Entity(this);
    }

    /// A uid of `type` and `id`.
    public static EntityUid of(String type, String id) {
        return new EntityUid(type, id);
    }

    /// The fully qualified type.
    public String type() {
        return type;
    }

    /// The id within the type.
    public String id() {
        return id;
    }

    /// This uid as a value, for attributes and contexts; always the same object.
    public CedarValue.Entity value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof EntityUid that
                        && hash == that.hash
                        && id.equals(that.id)
                        && type.equals(that.type));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(EntityUid other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return type + "::\"" + id + "\"";
    }
}
