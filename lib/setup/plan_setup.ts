import { canonicalJson } from "../kernel/canonical_json.ts";
import { assertHandedOver } from "./handed_over.ts";
import { planConfig } from "./plan_config.ts";
import { hostPlan, planHost, shownFiles } from "./plan_host.ts";
import type { HostWork } from "./host_work.ts";
import { recordInstall } from "./record_install.ts";
import { sharedSkills } from "./shared_skills.ts";
import { SetupDraft } from "./setup_draft.ts";
import type { PlanSetup } from "./setup_plan.ts";
import { encodeReceipt, receiptPath } from "./write/install_receipt.ts";
import { lookForTrouble } from "./writing_trouble.ts";

/**
 * Plans the setup of hosts. Reads files, and changes none. The same surroundings after it was
 * applied give a plan that changes nothing. Errors: host_file_unusable, naming everything that
 * stands in the way; nothing is planned by half. conflict when the receipt on the disk is not the
 * one that was handed over.
 */
export const planSetup: PlanSetup = async (around, wanted) => {
  const draft = new SetupDraft();
  const shared = await sharedSkills(around, wanted.hosts.map((one) => one.definition));
  for (const trouble of shared) draft.problems.add(trouble);
  const hosts: HostWork[] = [];
  for (const host of wanted.hosts) hosts.push(await planHost(draft, around, host));
  const config = await planConfig(draft, around, wanted);
  await lookForTrouble(draft, around);
  const plans = hosts.map(hostPlan);
  const receipt = receiptPath(around.root);
  const installed = await recordInstall(draft, around, hosts);
  await assertHandedOver(draft, around);
  if (around.receipt === null || canonicalJson(installed) !== canonicalJson(around.receipt)) {
    await draft.put(receipt, encodeReceipt(installed), 0o600);
  }
  draft.problems.throwIfAny();
  const changes = draft.fileChanges();
  const { path, action, what } = draft.show(receipt, "receipt of everything that was set up");
  return {
    hosts: plans,
    own: [...shownFiles(draft, [config]), { path, action, what }],
    unchanged: changes.length === 0,
    changes,
    emptied: [...new Set(hosts.flatMap((host) => host.emptied))],
    ours: [...new Set([around.root, ...hosts.flatMap((host) => host.ours)])],
  };
};
