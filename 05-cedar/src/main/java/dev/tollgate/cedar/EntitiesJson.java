// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reads entities in Cedar's JSON format (https://docs.cedarpolicy.com/auth/entities-syntax.html).
public final class EntitiesJson {
    /// Entities of one document; a store of more is not written by hand.
    private static final int ENTITIES_MAX = 1_000_000;

    private EntitiesJson() {}

    /// Reads an array of entities.
    ///
    /// @param schema how entities and extension values without escapes are to be read; `Schema.EMPTY` when unknown
    /// @throws IllegalData when `json` is not of that format, or one entity is there twice; names the place
    public static Entities read(String json, Schema schema) {
        JsonNode all = Json.read(json);
        if (!all.isArray() || all.size() > ENTITIES_MAX) {
            throw new IllegalData("an array of at most " + ENTITIES_MAX + " entities is expected");
        }
        List<Entity> entities = new ArrayList<>();
        for (JsonNode one : all) {
            entities.add(entity(one, schema, "/" + entities.size()));
        }
        Entities store = Entities.of(entities);
        if (store.size() != entities.size()) {
            throw new IllegalData("each entity must be there once");
        }
        return store;
    }

    private static Entity entity(JsonNode node, Schema schema, String pointer) {
        EntityUid uid = ValueJson.uid(node.get("uid"), pointer + "/uid");
        List<EntityUid> parents = new ArrayList<>();
        for (JsonNode parent : node.path("parents")) {
            parents.add(ValueJson.uid(parent, pointer + "/parents/" + parents.size()));
        }
        return new Entity(
                uid,
                ValueJson.record(node.get("attrs"), schema.attributes(uid.type()), pointer + "/attrs"),
                tags(node, schema, uid, pointer + "/tags"),
                parents);
    }

    private static Rec tags(JsonNode node, Schema schema, EntityUid uid, String pointer) {
        JsonNode tags = node.get("tags");
        if (tags == null) {
            return Rec.EMPTY;
        }
        Map<String, ValueJson.Shape> shapes = new HashMap<>();
        tags.properties().forEach(tag -> shapes.put(tag.getKey(), schema.tags(uid.type())));
        return ValueJson.record(tags, new ValueJson.Shape.RecordOf(shapes), pointer);
    }
}
