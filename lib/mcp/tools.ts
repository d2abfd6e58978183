import type { Tool } from "./tool.ts";
import { attemptTool } from "./tools/attempt.ts";
import { cancelExecutionTool } from "./tools/cancel_execution.ts";
import { doctorTool } from "./tools/doctor.ts";
import { generateSeedTool } from "./tools/generate_seed.ts";
import { interviewTool } from "./tools/interview.ts";
import { jobWaitTool } from "./tools/job_wait.ts";
import { lateralThinkTool } from "./tools/lateral_think.ts";
import { queryEventsTool } from "./tools/query_events.ts";
import { sessionStatusTool } from "./tools/session_status.ts";
import { startExecuteSeedTool } from "./tools/start_execute_seed.ts";

/** Every tool of the server, in the order in which hosts list them. */
export const TOOLS: readonly Tool[] = [
  interviewTool,
  generateSeedTool,
  startExecuteSeedTool,
  sessionStatusTool,
  jobWaitTool,
  attemptTool,
  cancelExecutionTool,
  queryEventsTool,
  lateralThinkTool,
  doctorTool,
];
