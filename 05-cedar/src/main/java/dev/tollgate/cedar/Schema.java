// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.ValueJson.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A schema in Cedar's JSON format (https://docs.cedarpolicy.com/schema/json-schema.html), as far as evaluation needs
/// it: the groups of actions, and how entities and contexts written in JSON are to be read. Whether policies fit it is
/// asked of the official validator, through `frontend`.
public final class Schema {
    /// The schema without types and actions.
    public static final Schema EMPTY = new Schema();

    private final Map<String, Shape> entityAttributes = new HashMap<>();
    private final Map<String, Shape> entityTags = new HashMap<>();
    private final Map<EntityUid, Shape> contexts = new HashMap<>();
    private Entities actions = Entities.EMPTY;

    private Schema() {}

    /// Reads a schema.
    ///
    /// @throws IllegalData when `json` is not a schema that the official parser wrote
    public static Schema read(String json) {
        JsonNode root = Json.read(json);
        Schema schema = new Schema();
        SchemaTypes types = new SchemaTypes(root);
        List<Entity> actions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> namespace : root.properties()) {
            String name = namespace.getKey();
            for (Map.Entry<String, JsonNode> type :
                    namespace.getValue().path("entityTypes").properties()) {
                String full = SchemaTypes.qualified(name, type.getKey());
                schema.entityAttributes.put(full, types.shape(type.getValue().get("shape"), name));
                schema.entityTags.put(full, types.shape(type.getValue().get("tags"), name));
            }
            for (Map.Entry<String, JsonNode> action :
                    namespace.getValue().path("actions").properties()) {
                EntityUid uid = new EntityUid(SchemaTypes.qualified(name, "Action"), action.getKey());
                JsonNode context = action.getValue().path("appliesTo").get("context");
                schema.contexts.put(uid, types.shape(context, name));
                actions.add(Entity.of(uid, Rec.EMPTY, groups(action.getValue(), name, root)));
            }
        }
        schema.actions = Entities.of(actions);
        return schema;
    }

    /// The groups an action is in: of its own namespace, unless only the one without a name has such an action.
    private static List<EntityUid> groups(JsonNode action, String namespace, JsonNode root) {
        List<EntityUid> groups = new ArrayList<>();
        for (JsonNode group : action.path("memberOf")) {
            JsonNode type = group.get("type");
            String written = type == null ? "Action" : EstReader.text(type);
            String id = EstReader.text(group.get("id"));
            boolean local = type == null
                    || (!written.contains("::")
                            && root.path(namespace).path("actions").has(id));
            groups.add(new EntityUid(local ? SchemaTypes.qualified(namespace, "Action") : written, id));
        }
        return groups;
    }

    /// The actions with their groups.
    public Entities actions() {
        return actions;
    }

    Shape attributes(String entityType) {
        return entityAttributes.getOrDefault(entityType, ValueJson.ANY);
    }

    Shape tags(String entityType) {
        return entityTags.getOrDefault(entityType, ValueJson.ANY);
    }

    Shape context(EntityUid action) {
        return contexts.getOrDefault(action, ValueJson.ANY);
    }
}
