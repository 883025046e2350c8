import { type ApiError, STATUS_OF_ERROR } from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { diskRefusal } from '../../../machine/storage/disk-fault.ts';

/**
 * Any error as an answer. What is no refusal is a fault of ours: it goes to `report`, and the page learns no more than
 * that it happened.
 */
export function errorResponse(error: unknown, report: (error: unknown) => void): Response {
  if (error instanceof Refusal) return refusalResponse(error);
  // A disk that is full is nothing inside Wheelhouse; the page is told no path of this machine.
  const fault = diskRefusal(error, 'the library');
  if (fault !== undefined) return refusalResponse(fault);
  report(error);
  return json({ error: { code: 'fault', message: 'something went wrong inside Wheelhouse' } }, 500);
}

export function refusalResponse(refusal: Refusal): Response {
  const body: ApiError = { error: { code: refusal.code, message: refusal.message } };
  return json(body, STATUS_OF_ERROR[refusal.code] ?? 422);
}

function json(body: ApiError, status: number): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}
