// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.regex.Pattern;

/// One field of one object, for example `opportunity.amount`. Agents name contract fields only: a name has no dot, so a
/// path cannot hop to a related record.
///
/// @param object name of the object in the contract
/// @param field  name of the field in the contract, or as the system returned it when the contract does not know it
public record FieldPath(String object, String field) {
    private static final Pattern OBJECT = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public FieldPath {
        Require.require(OBJECT.matcher(object).matches(), "an object name is lower-case letters, digits and `_`");
        Require.id("field", field);
    }

    @Override
    public String toString() {
        return object + "." + field;
    }
}
