// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.wire;

import static dev.tollgate.terms.Require.require;

/// How much JSON a door reads. Read from `server.json`.
///
/// @param depthMax        levels of nesting, 4 to 200: tool arguments need 4, the JSON Schema of an elicitation
///                        8
/// @param stringCharsMax  characters of one string: a long note, not a document
/// @param partsMax        tokens of one text: names, values and brackets
/// @param numberCharsMax  characters of one number: an exact amount, not an attack on a number parser
public record JsonLimits(int depthMax, int stringCharsMax, int partsMax, int numberCharsMax) {
    /// Fits every tool of a contract with room to spare.
    public static final JsonLimits DEFAULT = new JsonLimits(32, 256 * 1024, 50_000, 40);

    public JsonLimits {
        require(depthMax >= 4 && depthMax <= 200, "server.json.depthMax must be between 4 and 200, got " + depthMax);
        require(stringCharsMax >= 256, "server.json.stringCharsMax must be at least 256, got " + stringCharsMax);
        require(partsMax >= 64, "server.json.partsMax must be at least 64, got " + partsMax);
        require(
                numberCharsMax >= 20 && numberCharsMax <= 100,
                "server.json.numberCharsMax must be between 20 and 100, got " + numberCharsMax);
    }
}
