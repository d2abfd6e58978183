import { assertEquals } from "@std/assert";
import { permissionOf } from "../../../lib/config/permission_word.ts";

Deno.test("our words mean themselves, old modes never lift every limit", () => {
  for (const word of ["read", "edit", "full"] as const) {
    assertEquals(permissionOf(word), { permission: word });
  }
  assertEquals(permissionOf("default"), { permission: "read" });
  assertEquals(permissionOf("acceptEdits"), { permission: "edit" });
  assertEquals(permissionOf("bypassPermissions")?.permission, "edit");
  assertEquals(permissionOf("bypassPermissions")?.remark?.includes('"full"'), true);
  for (const word of ["", "Full", "all", "toString"]) assertEquals(permissionOf(word), null);
});
