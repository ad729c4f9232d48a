// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

/// What is asked: may this principal do this action on this resource, in this context.
///
/// @param context facts about the request; a record, empty when there are none
public record Request(EntityUid principal, EntityUid action, EntityUid resource, Rec context) {
    @Override
    public String toString() {
        return principal + " " + action + " " + resource;
    }
}
